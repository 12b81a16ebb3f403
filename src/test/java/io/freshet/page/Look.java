package io.freshet.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;

/**
 * How somebody's browser is: its language, the colours it is set to, and the size of its window in
 * CSS pixels. All of them are in UTC and ask for little motion, so that pictures do not depend on
 * when they are taken.
 */
public record Look(String language, ColorScheme colours, int width, int height) {
  /** An English desk. */
  public static final Look USUAL = new Look("en-US", ColorScheme.LIGHT, 1280, 800);

  public Look dark() {
    return new Look(language, ColorScheme.DARK, width, height);
  }

  /** As narrow as the page has to bear. */
  public Look narrow() {
    return new Look(language, colours, 320, 640);
  }

  public Look russian() {
    return new Look("ru-RU", colours, width, height);
  }

  Browser.NewContextOptions options() {
    return new Browser.NewContextOptions()
        .setLocale(language)
        .setColorScheme(colours)
        .setViewportSize(width, height)
        .setReducedMotion(ReducedMotion.REDUCE)
        .setTimezoneId("UTC");
  }
}
