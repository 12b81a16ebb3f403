package io.freshet.media.image;

import io.freshet.media.Deadline;
import io.freshet.media.FileType;
import io.freshet.media.MediaException;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.FileImageOutputStream;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * The frames of a GIF, decoded one at a time and encoded anew with their times and places.
 * Comments, plain texts and applications' data are left out, but for the number of repetitions.
 */
final class GifFrames {
  private static final String FORM = "javax_imageio_gif_image_1.0";
  private static final String REPETITIONS = "NETSCAPE";

  private GifFrames() {}

  /** The first frame where it belongs in the picture. */
  static BufferedImage first(byte[] file, ImageHeader header, Deadline deadline) {
    return Decoder.read(
        file,
        header,
        deadline,
        reader -> {
          BufferedImage frame = reader.read(0);
          Element place = part(tree(reader, 0), "ImageDescriptor");
          BufferedImage canvas = Colours.blank(header.width(), header.height(), true);
          Graphics2D on = canvas.createGraphics();
          on.drawImage(
              frame, number(place, "imageLeftPosition"), number(place, "imageTopPosition"), null);
          on.dispose();
          return canvas;
        });
  }

  static void rewrite(byte[] file, ImageHeader header, Deadline deadline, Path to) {
    Decoder.read(
        file,
        header,
        deadline,
        reader -> {
          ImageWriter writer = ImageIO.getImageWritersByFormatName(FileType.GIF.extension()).next();
          try (FileImageOutputStream output = new FileImageOutputStream(to.toFile())) {
            writer.setOutput(output);
            writer.prepareWriteSequence(reader.getStreamMetadata());
            for (int i = 0; i < header.frames(); i++) {
              deadline.check();
              writer.writeToSequence(frame(reader, writer, i), writer.getDefaultWriteParam());
            }
            writer.endWriteSequence();
          } finally {
            writer.dispose();
          }
          return to;
        });
  }

  private static IIOImage frame(ImageReader reader, ImageWriter writer, int index)
      throws IOException {
    BufferedImage pixels = reader.read(index);
    Node tree = tree(reader, index);
    drop(tree, "CommentExtensions");
    drop(tree, "PlainTextExtension");
    dropApplications(tree);
    IIOMetadata clean =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(pixels), null);
    clean.setFromTree(FORM, tree);
    return new IIOImage(pixels, null, clean);
  }

  private static void dropApplications(Node tree) {
    first(tree, "ApplicationExtensions").ifPresent(found -> dropApplications(tree, found));
  }

  private static void dropApplications(Node tree, Node applications) {
    NodeList all = applications.getChildNodes();
    for (int i = all.getLength() - 1; i >= 0; i--) {
      Element application = (Element) all.item(i);
      if (!application.getAttribute("applicationID").equals(REPETITIONS)) {
        applications.removeChild(application);
      }
    }
    if (applications.getChildNodes().getLength() == 0) {
      tree.removeChild(applications);
    }
  }

  private static void drop(Node tree, String name) {
    first(tree, name).ifPresent(tree::removeChild);
  }

  private static Node tree(ImageReader reader, int index) throws IOException {
    return reader.getImageMetadata(index).getAsTree(FORM);
  }

  private static Element part(Node tree, String name) {
    return (Element)
        first(tree, name)
            .orElseThrow(() -> MediaException.file("is a GIF that is cut off or damaged"));
  }

  /** The child of this name. */
  private static Optional<Node> first(Node tree, String name) {
    NodeList children = tree.getChildNodes();
    for (int i = 0; i < children.getLength(); i++) {
      if (children.item(i).getNodeName().equals(name)) {
        return Optional.of(children.item(i));
      }
    }
    return Optional.empty();
  }

  private static int number(Element element, String attribute) {
    return Integer.parseInt(element.getAttribute(attribute));
  }
}
