// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.failpoint;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Tells a running JVM to set a trap, or to have wrong clocks. */
public final class RoleOrder {

  static final String HALT = "halt";
  static final String CLOCK = "clock";

  private static final List<String> CLASSES =
      List.of(
          "RoleAgent",
          "RoleAgent$Transformer",
          "RoleOrder",
          "Trap",
          "TrapWeaving",
          "TrapWeaving$1",
          "ClockWeaving",
          "ClockWeaving$1",
          "Place",
          "Place$Where");

  private final Path jar;

  /** Writes the agent into a directory; a role of another build finds all of it there. */
  public RoleOrder(Path directory) {
    this.jar = directory.resolve("role-agent.jar").toAbsolutePath();
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Agent-Class", RoleAgent.class.getName());
    main.putValue("Can-Retransform-Classes", "true");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      for (String name : CLASSES) {
        add(name + ".class", out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(String name, JarOutputStream out) throws IOException {
    try (InputStream own = RoleOrder.class.getResourceAsStream(name)) {
      if (own != null) {
        out.putNextEntry(
            new JarEntry(RoleOrder.class.getPackageName().replace('.', '/') + '/' + name));
        own.transferTo(out);
      }
    }
  }

  /** Lets the JVM end when it passes the place for the n-th time from now. */
  public void haltAt(Place place, int pass, long pid) {
    tell(
        pid,
        String.join(
            "|",
            HALT,
            Integer.toString(pass),
            place.type(),
            place.method(),
            place.where().name(),
            place.callee()));
  }

  /** Sets the JVM's clocks wrong by so much; 0 sets them right again. */
  public void setClocksWrong(long byMillis, long pid) {
    tell(pid, CLOCK + '|' + byMillis);
  }

  private void tell(long pid, String order) {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        machine.loadAgent(jar.toString(), order);
      } finally {
        machine.detach();
      }
    } catch (IOException
        | AttachNotSupportedException
        | AgentLoadException
        | AgentInitializationException e) {
      throw new IllegalStateException("the JVM " + pid + " takes no order", e);
    }
  }
}
