import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';

interface Policy {
  createHTML: (html: string) => string;
}

interface TrustedTypes {
  createPolicy: (name: string, rules: Policy) => Policy;
}

/** The one way by which markup comes into the page; not every browser asks for it. */
const policy = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('freshet', { createHTML: it => it });

/** Headings of an author's own stand below those of the page; in safe markup a tag is nothing but a tag. */
function below(html: string): string {
  return html.replace(/<(\/?)h([1-4])\b/g, (_, end: string, level: string) => `<${end}h${Number(level) + 2}`);
}

/** The markup of questions and answers, which the server made safe. Nothing else is to be shown with this. */
export function Html({ html, class: name }: { html: string; class: string }): JSX.Element {
  const element = useRef<HTMLDivElement>(null);
  const trusted = useMemo(() => {
    const lowered = below(html);
    return { __html: policy?.createHTML(lowered) ?? lowered };
  }, [html]);
  useEffect(() => {
    // What is too wide is scrolled within itself, with keys, too.
    element.current?.querySelectorAll<HTMLElement>('pre, table').forEach(wide => (wide.tabIndex = 0));
  }, [html]);
  return <div class={name} dir="auto" ref={element} dangerouslySetInnerHTML={trusted} />;
}
