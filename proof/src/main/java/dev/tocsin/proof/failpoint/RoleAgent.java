// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.failpoint;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What is loaded into the JVM of a role while it runs, and changes its code there. */
public final class RoleAgent {

  private RoleAgent() {}

  /** Called by the JVM, with what {@link RoleOrder} wrote. */
  public static void agentmain(String order, Instrumentation instrumentation)
      throws UnmodifiableClassException {
    String[] words = order.split("\\|", -1);
    if (words[0].equals(RoleOrder.CLOCK)) {
      // Once: woven again, a clock would be wrong by twice as much.
      if (System.setProperty(ClockWeaving.BY_MILLIS, words[1]) == null) {
        weave(instrumentation, ClockWeaving.CLOCKS, ClockWeaving::weave);
      }
      return;
    }
    Place place = new Place(words[2], words[3], Place.Where.valueOf(words[4]), words[5]);
    Trap.set(Long.parseLong(words[1]));
    weave(
        instrumentation,
        Map.of(place.type(), place.method()),
        (original, _) -> TrapWeaving.weave(original, place));
  }

  /** Changes classes that are loaded already, and those that will be. */
  private static void weave(
      Instrumentation instrumentation,
      Map<String, String> methods,
      BiFunction<byte[], String, byte[]> change)
      throws UnmodifiableClassException {
    instrumentation.addTransformer(new Transformer(methods, change), true);
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (methods.containsKey(type.getName())) {
        loaded.add(type);
      }
    }
    if (!loaded.isEmpty()) {
      instrumentation.retransformClasses(loaded.toArray(Class<?>[]::new));
    }
  }

  private record Transformer(Map<String, String> methods, BiFunction<byte[], String, byte[]> change)
      implements ClassFileTransformer {

    @Override
    public byte @Nullable [] transform(
        ClassLoader loader,
        String name,
        Class<?> before,
        ProtectionDomain domain,
        byte[] original) {
      String method = methods.get(name.replace('/', '.'));
      if (method == null) {
        return null;
      }
      try {
        return change.apply(original, method);
      } catch (RuntimeException | Error e) {
        // The JVM would go on without a word.
        System.err.println("the role's agent cannot change " + name + ": " + e);
        throw e;
      }
    }
  }
}
