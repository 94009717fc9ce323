"""Code of a hostile class: what its authors added to the warm-up, by what they are after.

Each entry is run after the first task was answered rightly, so that each must get exactly the one
point of that task. `{place}` in a text is a place on the machine that the tests know of.
"""

STOP = {
    "endless loop": "while True: pass",
    "loop that no interrupt ends": """
import signal
for number in range(1, 65):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
while True:
    try:
        while True: pass
    except BaseException: pass
""",
    "os._exit": "import os; os._exit(0)",
    "exit": "exit()",
    "sys.exit": "import sys; sys.exit(1)",
    "kills itself": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "kills everyone": "import os; os.kill(-1, 9)",
    "stops everyone": "import os, signal; os.kill(-1, signal.SIGSTOP)",
    "stops itself": "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
    "breaks the interpreter": "import ctypes; ctypes.string_at(0)",
    "shuts the kernel down": "get_ipython().kernel.do_shutdown(False); get_ipython().ask_exit()",
    "asks for input": "name = input('Name? ')",
    "fork bomb": """
import os
while True:
    try: os.fork()
    except OSError: pass
""",
    "processes of a shell": "import subprocess\nwhile True: subprocess.Popen(['sleep', '600'])",
    "thread bomb": """
import threading, time
while True:
    try: threading.Thread(target=time.sleep, args=(600,)).start()
    except RuntimeError: pass
""",
    "memory": "kept = []\nwhile True: kept.append(bytearray(50_000_000))",
    "memory of many processes": """
import os, time
for _ in range(20):
    if os.fork() == 0:
        kept = bytearray(b'x') * 400_000_000
        time.sleep(600)
time.sleep(600)
""",
    "disk": """
import itertools
for place in ('/tmp', '/home/learner', '/dev/shm', '/opt', '/dev', '/'):
    try:
        for n in itertools.count():
            with open(f'{place}/{n}', 'wb') as file: file.write(b'x' * 10_000_000)
    except OSError: pass
""",
    "folder of sockets": """
import glob, itertools
from pathlib import Path
place = next(iter(glob.glob('/tmp' '/cb-*')))
for n in itertools.count(): Path(place, f'{n}').write_bytes(b'x' * 500_000)
""",
    "locked folders beside the sockets": """
import glob, os
place = next(iter(glob.glob('/tmp' '/cb-*')))
os.makedirs(f'{place}/a/b'); os.symlink('/', f'{place}/a/root'); os.chmod(f'{place}/a/b', 0)
os.chmod(f'{place}/a', 0)
""",
    "other sockets": """
import glob, os
for file in glob.glob('/tmp' '/cb-*/*'):
    os.unlink(file); os.symlink('/run/docker.sock', file)
""",
    "output": "while True: print('x' * 1_000_000)",
    "output of a process": "import os\nwhile True: os.write(1, b'x' * 1_000_000)",
    "messages": """
kernel = get_ipython().kernel
parent = kernel.get_parent()
stream = kernel.shell_stream if hasattr(kernel, 'shell_stream') else kernel.shell_socket
while True:
    kernel.session.send(stream, 'execute_reply', {'x': 'y' * 9_000_000}, parent, b'')
""",
    "threads left running": """
import threading
def spin():
    while True: pass
for _ in range(8): threading.Thread(target=spin, daemon=False).start()
""",
}
"""Stop the run, or the machine."""

FORGE = {
    "always equal": """
class Right(float):
    __eq__ = __ge__ = __le__ = lambda *_: True
    __hash__ = lambda self: 0
    __ne__ = lambda *_: False
size = kinds_of_figure = year_2012 = douentza_days = Right(0)
""",
    "patched check": """
import casebook, casebook.checks.asking as asking
from casebook.checks.card import Card
check = casebook.check = asking.check = lambda *_: Card('right', 'x', 'Right.')
asking.compare = check
for name in ('q2', 'q3'): check(f'warm-up.{name}', 1)
size = (1, 2)
""",
    "patched keys": """
from casebook.checks import keys, sealing
keys.Task.open = lambda *_: {'kind': 'right', 'text': 'Right.'}
sealing.unseal = lambda *_: {'kind': 'right', 'text': 'Right.'}
size = (1, 2)
""",
    "patched pandas": """
import pandas as pd
pd.DataFrame.equals = pd.Series.equals = lambda *_: True
pd.testing.assert_frame_equal = pd.testing.assert_series_equal = lambda *_, **__: None
pd.DataFrame.__eq__ = lambda *_: True
deaths_by_region = pd.Series([1])
""",
    "patched builtins": """
import builtins
builtins.float = builtins.round = builtins.abs = lambda *_: 1.0
builtins.isinstance = builtins.all = builtins.any = lambda *_: True
size = (1, 2)
""",
    "another casebook": """
import sys, types
for name in list(sys.modules):
    if name.startswith('casebook'): sys.modules[name] = types.ModuleType(name)
size = (1, 2)
""",
    "encoder that says what it likes": """
import base64, casebook.grading.answers.encoding as answers
lie = b'{"is": "pickle", "v": "gASVIAAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOUjAR0cnVllIWUUpQu"}'
answers.leave = lambda name: base64.b64encode(lie).decode()
""",
    "encoder that never ends": """
import casebook.grading.answers.encoding as answers
def leave(name):
    while True: pass
answers.leave = leave
""",
    "answers too deep": """
import base64, casebook.grading.answers.encoding as answers
answers.leave = lambda name: base64.b64encode(b'[' * 500_000).decode()
""",
    "transformers": """
import ast
class All(ast.NodeTransformer):
    def visit_Constant(self, node): return ast.copy_location(ast.Constant(1), node)
get_ipython().ast_transformers.append(All())
get_ipython().input_transformers_cleanup.append(lambda lines: ['size = (1, 2)\\n'])
""",
    "patched run of cells": """
shell = type(get_ipython())
async def run_cell_async(self, *_, **__): raise SystemExit
shell.run_cell_async = run_cell_async
""",
    "names of the shell": "_ = __ = In = Out = get_ipython = None\nglobals().clear()",
    "object that breaks": """
class Breaks:
    def __getattribute__(self, name): raise SystemExit
size = Breaks(); kinds_of_figure = [Breaks()] * 3
""",
    "object that opens a file when unpacked": """
class Packed:
    def __reduce__(self): return (open, ('/tmp' '/opened-by-grader', 'w'))
size = Packed(); kinds_of_figure = (Packed(), 1)
""",
    "large answers": "size = list(range(10_000_000)); kinds_of_figure = 'x' * 500_000_000",
    "points of its own": "points = 1000; score = 1000; __grades__ = {'q2': 1000}",
}
"""Gain a mark."""

READ = {
    "a file": "got = open({place!r}).read()",
    "a file by way of the root": "got = open('/proc/1/root' + {place!r}).read()",
    "a file by way of a parent's folder": """
got = open('/proc/1/cwd/' + '../' * 9 + {place!r}).read()
""",
    "a file with a shell": "found = !cat {place}\ngot = ''.join(found)",
    "the environment": "import os; got = os.environ['CASEBOOK_TEST_SECRET']",
    "environments of others": """
import glob
got = ''
for file in glob.glob('/proc/[0-9]*/environ'):
    try: got += open(file, errors='replace').read()
    except OSError: pass
got = [line for line in got.split(chr(0)) if 'SECRET' in line or 'OMP' in line][:50]
""",
    "a namespace of its own": """
import ctypes
got = 'SECRET' if ctypes.CDLL(None, use_errno=True).unshare(0x10000000) == 0 else ''
""",
    "a file anywhere": """
import os
got = ''
for folder, folders, files in os.walk('/'):
    folders[:] = [f for f in folders if f not in ('proc', 'sys', 'usr', 'lib')]
    if 'gradebook.db' in files: got = 'SECRET'
""",
}
"""Read what is not theirs, into `got`."""

CONNECT = """
import socket
got = 0
for host in ('127.0.0.1', 'localhost', '::1'):
    try:
        with socket.create_connection((host, {port}), timeout=2) as link: link.sendall(b'SECRET')
        got = 'SECRET'
    except OSError: pass
"""
