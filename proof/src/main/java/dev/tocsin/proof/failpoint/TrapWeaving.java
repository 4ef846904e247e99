// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.failpoint;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** Puts a call of the trap at a place of a class file. */
public final class TrapWeaving implements CodeTransform {

  private static final ClassDesc TRAP = ClassDesc.of("dev.tocsin.proof.failpoint.Trap");
  private static final MethodTypeDesc PASS = MethodTypeDesc.of(ConstantDescs.CD_void);

  private final Place place;
  private int woven;

  private TrapWeaving(Place place) {
    this.place = place;
  }

  static byte[] weave(byte[] original, Place place) {
    return weave(original, new TrapWeaving(place));
  }

  /** At how many points of a class file the place is; 0 when it is no longer there. */
  public static int count(byte[] original, Place place) {
    TrapWeaving weaving = new TrapWeaving(place);
    weave(original, weaving);
    return weaving.woven;
  }

  private static byte[] weave(byte[] original, TrapWeaving weaving) {
    ClassFile classes = ClassFile.of();
    return classes.transformClass(
        classes.parse(original),
        ClassTransform.transformingMethodBodies(weaving::isMethod, weaving));
  }

  private boolean isMethod(MethodModel method) {
    return method.methodName().equalsString(place.method());
  }

  @Override
  public void atStart(CodeBuilder builder) {
    if (place.where() == Place.Where.ENTRY) {
      pass(builder);
    }
  }

  @Override
  public void accept(CodeBuilder builder, CodeElement element) {
    boolean here =
        switch (place.where()) {
          case ENTRY -> false;
          case RETURN -> element instanceof ReturnInstruction;
          case BEFORE_CALL, AFTER_CALL ->
              element instanceof InvokeInstruction call && call.name().equalsString(place.callee());
        };
    if (here && place.where() != Place.Where.AFTER_CALL) {
      pass(builder);
    }
    builder.with(element);
    if (here && place.where() == Place.Where.AFTER_CALL) {
      pass(builder);
    }
  }

  private void pass(CodeBuilder builder) {
    builder.invokestatic(TRAP, "pass", PASS);
    woven++;
  }
}
