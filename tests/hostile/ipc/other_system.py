"""Runs as another system: personality without address randomization, arch_prctl with faults on cpuid.

Many processors do not know these operations, and the kernel refuses them there by itself. What counts is that the call
never reaches the kernel: the filter answers EPERM, and any other error is the kernel's own.
"""

import errno

PERSONALITY, ARCH_PRCTL = 135, 158
ARCH_SET_CPUID, ARCH_SET_GS, ARCH_REQ_XCOMP_PERM, ARCH_MAP_VDSO_32 = 0x1012, 0x1001, 0x1023, 0x2002


def attack():
    for call in (
        (PERSONALITY, 0x0040000),
        (PERSONALITY, 0xFFFFFFFF),
        (ARCH_PRCTL, ARCH_SET_CPUID, 0),
        (ARCH_PRCTL, ARCH_SET_CPUID, 1),
        (ARCH_PRCTL, ARCH_SET_GS, 0),
        (ARCH_PRCTL, ARCH_REQ_XCOMP_PERM, 18),
        (ARCH_PRCTL, ARCH_MAP_VDSO_32, 0),
    ):
        try:
            c(*call)
            return f"call {call[0]} worked with {call[1]:#x}"
        except OSError as error:
            if error.errno != errno.EPERM:
                return f"call {call[0]} with {call[1]:#x} reached the kernel: {error}"
