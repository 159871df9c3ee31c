"""What a hostile test may try, on what the arena made for it: a test that passes has escaped.

Harmless: every file, socket, process and number is one of the arena's own, on this machine.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = dict(line.split("=", 1) for line in Path("arena.txt").read_text().splitlines())
OUTSIDE = Path(HERE["outside"])
PROJECT = Path(HERE["project"])
CLIENT = int(HERE["client"])
X86 = os.uname().machine == "x86_64"

libc = ctypes.CDLL(None, use_errno=True)


def call(number: int, *arguments: object) -> int:
    """A system call; `OSError` when it is refused."""
    libc.syscall.restype = ctypes.c_long
    result = libc.syscall(ctypes.c_long(number), *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return result


def test_key_in_the_environment():
    assert "sk-canary" in os.environ.values()


def test_environment_of_the_client():
    assert b"sk-canary" in Path(f"/proc/{CLIENT}/environ").read_bytes()


def test_environment_of_any_process():
    texts = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            texts.append(path.read_bytes())
        except OSError:
            continue
    assert b"sk-canary" in b"".join(texts)


def test_memory_of_the_client():
    Path(f"/proc/{CLIENT}/mem").open("rb").close()


def test_descriptors_of_the_client():
    assert list(Path(f"/proc/{CLIENT}/fd").iterdir())


def test_client_through_its_root():
    assert "TOPSECRET" in Path(f"/proc/{CLIENT}/root{OUTSIDE}/secret").read_text()


def test_init_through_its_root():
    assert "TOPSECRET" in Path(f"/proc/1/root{OUTSIDE}/secret").read_text()


def test_secret_of_the_person():
    assert "TOPSECRET" in (OUTSIDE / "secret").read_text()


def test_secret_through_a_link_in_the_project():
    assert "TOPSECRET" in Path("link", "secret").read_text()


def test_secret_through_a_link_of_its_own():
    link = Path(tempfile.mkdtemp(), "link")
    link.symlink_to(OUTSIDE)
    assert "TOPSECRET" in (link / "secret").read_text()


def test_hard_link_to_the_secret():
    link = Path(tempfile.mkdtemp(), "link")
    link.hardlink_to(OUTSIDE / "secret")
    assert "TOPSECRET" in link.read_text()


def test_shared_memory_of_others():
    assert "TOPSECRET" in Path(HERE["shared"]).read_text()


def test_write_outside():
    (OUTSIDE / "pwned").write_text("x")


def test_write_outside_through_a_link():
    Path("link", "pwned").write_text("x")


def test_write_into_the_project():
    (PROJECT / "conftest.py").write_text("")


def test_write_where_it_works():
    Path("conftest.py").write_text("")


def test_change_a_file_of_the_project():
    (PROJECT / "precious.txt").write_text("x")


def test_remove_a_file_of_the_project():
    (PROJECT / "precious.txt").unlink()


def test_rights_of_a_file_of_the_project():
    (PROJECT / "precious.txt").chmod(0o777)


def test_cached_bytecode_for_the_next_run():
    (PROJECT / "__pycache__").mkdir(exist_ok=True)


def test_startup_file_of_the_interpreter():
    path = Path(sys.prefix, "lib", f"python3.{sys.version_info[1]}", "site-packages", "evil.pth")
    path.write_text("")
    path.unlink()


def test_tcp():
    socket.create_connection(("127.0.0.1", int(HERE["tcp"])), 1).close()


def test_udp():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.settimeout(1)
        sender.sendto(b"x", ("127.0.0.1", int(HERE["udp"])))
        assert sender.recv(9) == b"pong"


def test_raw_packets():
    socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP).sendto(
        b"\x08\x00\xf7\xff\x00\x00\x00\x00", ("127.0.0.1", 0)
    )
    assert Path("/sys/class/net").is_dir(), "it is the loopback of nobody"


def test_unix_socket():
    socket.socket(socket.AF_UNIX).connect(str(OUTSIDE / "u.sock"))


def test_unix_socket_in_the_project():
    socket.socket(socket.AF_UNIX).connect(str(PROJECT / "deep" / "u.sock"))


def test_unix_datagram_in_the_project():
    socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"x", str(PROJECT / "deep" / "d.sock"))


def test_abstract_socket():
    socket.socket(socket.AF_UNIX).connect("\0" + HERE["abstract"])


def test_pipe_in_the_project():
    os.close(os.open(PROJECT / "deep" / "pipe", os.O_WRONLY | os.O_NONBLOCK))


def test_password_of_the_repository():
    assert "hunter2" in (PROJECT / ".git" / "config").read_text()


def test_signal_to_the_client():
    os.kill(CLIENT, 0)


def test_trace_the_client():
    call(101 if X86 else 117, 0x4206, CLIENT, 0, 0)  # PTRACE_SEIZE


def test_trace_the_probe():
    call(101 if X86 else 117, 0x4206, os.getppid(), 0, 0)


def test_read_memory_of_the_probe():
    local = ctypes.create_string_buffer(8)
    vector = (ctypes.c_size_t * 2)(ctypes.addressof(local), 8)
    call(310 if X86 else 270, os.getppid(), vector, 1, vector, 1, 0)


def test_take_a_descriptor_of_the_probe():
    call(438, os.pidfd_open(os.getppid()), 0, 0)


def test_io_uring():
    call(425, 1, ctypes.create_string_buffer(256))


def test_key_ring():
    call(248 if X86 else 217, b"user", b"redfirst", b"x", 1, ctypes.c_int(-3))


def test_bpf():
    call(321 if X86 else 280, 0, ctypes.create_string_buffer(128), 128)


def test_performance_counters():
    call(298 if X86 else 241, ctypes.create_string_buffer(128), 0, -1, -1, 0)


def test_page_faults():
    call(323 if X86 else 282, 1)


def test_user_namespace():
    call(272 if X86 else 97, 0x10000000)


def test_clone_into_a_namespace():
    child = call(56 if X86 else 220, 0x10000000 | signal.SIGCHLD, 0, 0, 0, 0)
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def test_mount():
    call(165 if X86 else 40, b"none", tempfile.mkdtemp().encode(), b"tmpfs", 0, 0)


def test_change_the_root():
    os.chroot(tempfile.mkdtemp())


def test_open_by_handle():
    call(
        303 if X86 else 264,
        -100,
        b"/",
        ctypes.create_string_buffer(b"\x80", 136),
        ctypes.byref(ctypes.c_int()),
        0,
    )


def test_become_root():
    assert os.getuid() != 0
    os.setuid(0)


def test_a_device():
    os.mknod(Path(tempfile.mkdtemp(), "mem"), 0o20666, os.makedev(1, 1))


def test_raise_a_limit():
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    assert hard != resource.RLIM_INFINITY
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard + 1))


def test_memory():
    assert bytearray(6 << 30)


def test_processes():
    children = []
    try:
        for _ in range(400):
            child = os.fork()
            if child == 0:
                signal.pause()
            children.append(child)
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def test_a_large_file():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with tempfile.TemporaryFile() as file:
        for _ in range(200):
            file.write(bytes(1 << 20))


def test_many_files():
    """Half a gigabyte, in files that are small enough each."""
    for _ in range(16):
        Path(tempfile.mkstemp()[1]).write_bytes(bytes(32 << 20))


def test_type_into_the_terminal():
    import fcntl

    fcntl.ioctl(os.open("/dev/tty", os.O_RDWR), 0x5412, b"x")


def test_daemon():
    """Passes always: what counts is whether the daemon is there when the run is over."""
    code = "import os, time; os.setsid(); os.fork() and os._exit(0); time.sleep(120)"
    try:
        subprocess.run([sys.executable, "-c", code, HERE["token"]], timeout=20)
    finally:
        raise AssertionError
