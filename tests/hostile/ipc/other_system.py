"""Runs as another system: personality without address randomisation, arch_prctl with faults on cpuid."""



def attack():
    for call in ((135, 0x0040000), (135, 0xFFFFFFFF), (158, 0x1012, 1)):
        try:
            c(*call)
            return f"call {call[0]} worked with {call[1]:#x}"
        except OSError:
            continue
