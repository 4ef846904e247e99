// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.failpoint;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Map;

/**
 * Makes the clocks of a JVM wrong: every wall clock that own code and Kafka read. Durations, which
 * are measured with {@code System.nanoTime}, stay right, as they do when a machine's clock steps.
 */
final class ClockWeaving implements CodeTransform {

  /** How wrong, in milliseconds: a property, since the JDK's own classes see nothing else. */
  static final String BY_MILLIS = "dev.tocsin.proof.clock-is-wrong-by";

  /** Classes and the method of each that tells the time. */
  static final Map<String, String> CLOCKS =
      Map.of(
          "java.time.Clock",
          "currentInstant",
          "java.time.Clock$SystemClock",
          "millis",
          "java.time.Clock$SystemInstantSource",
          "millis",
          "org.apache.kafka.common.utils.SystemTime",
          "milliseconds");

  private static final ClassDesc INSTANT = ClassDesc.of("java.time.Instant");

  private ClockWeaving() {}

  static byte[] weave(byte[] original, String method) {
    ClassFile classes = ClassFile.of();
    return classes.transformClass(
        classes.parse(original),
        ClassTransform.transformingMethodBodies(
            m -> m.methodName().equalsString(method), new ClockWeaving()));
  }

  @Override
  public void accept(CodeBuilder builder, CodeElement element) {
    if (element instanceof ReturnInstruction returned) {
      builder
          .loadConstant(BY_MILLIS)
          .invokestatic(
              ConstantDescs.CD_Long,
              "getLong",
              MethodTypeDesc.of(ConstantDescs.CD_Long, ConstantDescs.CD_String))
          .invokevirtual(
              ConstantDescs.CD_Long, "longValue", MethodTypeDesc.of(ConstantDescs.CD_long));
      switch (returned.typeKind()) {
        case LONG -> builder.ladd();
        case REFERENCE ->
            builder.invokevirtual(
                INSTANT, "plusMillis", MethodTypeDesc.of(INSTANT, ConstantDescs.CD_long));
        default -> throw new IllegalArgumentException("no clock returns " + returned.typeKind());
      }
    }
    builder.with(element);
  }
}
