"""What honest tests do. All of it must work as it does outside."""

from __future__ import annotations

import asyncio
import concurrent.futures
import getpass
import multiprocessing
import os
import pickle
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import zoneinfo
from datetime import datetime
from pathlib import Path

fork = multiprocessing.get_context("fork")


def double(number):
    return 2 * number


def test_tmp_path(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_text("text")
    (tmp_path / "link").symlink_to(tmp_path / "deep")
    (tmp_path / "deep" / "file").chmod(0o600)
    assert (tmp_path / "link" / "file").read_text() == "text"


def test_temporary_files():
    with tempfile.NamedTemporaryFile("w+") as file, tempfile.TemporaryDirectory() as folder:
        file.write("text")
        assert Path(folder).is_dir()


def test_home():
    (Path.home() / ".settings").write_text("")
    assert getpass.getuser()


def test_python_in_a_process():
    done = subprocess.run([sys.executable, "-c", "print(6 * 7)"], capture_output=True, text=True)
    assert done.stdout == "42\n"


def test_a_command_in_a_session_of_the_shell(tmp_path):
    done = subprocess.run("echo $((6 * 7)) | cat", shell=True, capture_output=True, cwd=tmp_path)
    assert done.stdout == b"42\n"


def test_threads():
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert list(pool.map(double, range(9))) == list(range(0, 18, 2))


def test_processes():
    with fork.Pool(2) as pool:
        assert pool.map(double, [1, 2]) == [2, 4]


def test_spawned_processes():
    process = multiprocessing.get_context("spawn").Process(target=os.getpid)
    process.start()
    process.join()
    assert process.exitcode == 0


def test_queue_and_lock():
    queue, lock = fork.Queue(), fork.Lock()
    with lock:
        fork.Process(target=queue.put, args=("word",)).start()
    assert queue.get() == "word"


def test_manager():
    with fork.Manager() as manager:
        assert dict(manager.dict(a=1)) == {"a": 1}


def test_event_loop():
    async def work():
        await asyncio.sleep(0)
        return await asyncio.to_thread(double, 21)

    assert asyncio.run(work()) == 42


def test_process_of_an_event_loop():
    async def work():
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
        return await process.wait()

    assert asyncio.run(work()) == 0


def test_server_of_its_own():
    async def work():
        server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        assert await reader.read() == b""
        writer.close()
        server.close()

    asyncio.run(work())


def test_socket_pair():
    one, other = socket.socketpair()
    with one, other:
        one.send(b"x")
        assert other.recv(1) == b"x"


def test_monkeypatch(monkeypatch, tmp_path):
    monkeypatch.setenv("WORD", "value")
    monkeypatch.chdir(tmp_path)
    assert os.environ["WORD"] == "value"


def test_captured_output(capsys):
    print("text")
    assert capsys.readouterr().out == "text\n"


def test_captured_descriptors(capfd):
    os.write(1, b"text")
    assert capfd.readouterr().out == "text"


def test_database(tmp_path):
    with sqlite3.connect(tmp_path / "data.db") as connection:
        connection.execute("create table t (x)")
        connection.execute("insert into t values (1)")
    assert connection.execute("select x from t").fetchall() == [(1,)]


def test_pickles(tmp_path):
    (tmp_path / "data").write_bytes(pickle.dumps({1: 2}))
    assert pickle.loads((tmp_path / "data").read_bytes()) == {1: 2}


def test_files_of_the_project():
    assert Path("precious.txt").read_text() == "precious"


def test_time_zones():
    assert datetime(2026, 7, 1, tzinfo=zoneinfo.ZoneInfo("UTC")).utcoffset() is not None


def test_thread_of_a_test():
    ran = []
    thread = threading.Thread(target=ran.append, args=(1,))
    thread.start()
    thread.join()
    assert ran == [1]
    assert os.cpu_count()
