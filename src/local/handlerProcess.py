"""
The process of one Python handler: loads it, then runs one event at a time. The counterpart of handlerProcess.ts, started
by functionProcess.ts with the same pipes, which messages.ts and frames.ts describe. What it says of errors and writes to
the log is what Lambda's own runtime says: https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html
"""

import decimal
import hashlib
import importlib
import importlib.util
import io
import json
import logging
import os
import re
import struct
import sys
import threading
import time
import traceback

TO_HOST, TO_HANDLER, LIFELINE = 3, 4, 5

# As in byteLimits.ts.
LINE_LIMIT = 256 * 1024
RESPONSE_LIMIT = 6291556
TRACE_LIMIT = 64 * 1024
TYPE_LIMIT = 1024
# The largest piece of output in one message.
PIECE = 64 * 1024
# Room in a response for the note of what was cut off.
NOTE = 64

# As in messages.ts: how many files of a handler are watched for changes.
MOST_LOADED = 500
# The workspace folder, wherever the handler goes.
FOLDER = os.path.realpath(os.getcwd())
PACKAGES = re.compile(r"(?:^|[\\/])(?:site-packages|\.?venv)[\\/]")

# Those of Lambda, by the numbers of Python.
LEVELS = {"TRACE": 10, "DEBUG": 10, "INFO": 20, "WARN": 30, "ERROR": 40, "FATAL": 50}

_sending = threading.RLock()
_is_fork = False


def send(header, body=b""):
    """Sends a message, and returns when the pipe has taken it."""
    if _is_fork:
        return  # It must not write between the messages of the process that it is a fork of.
    head = json.dumps(header).encode()
    rest = memoryview(struct.pack(">II", len(head), len(body)) + head + body)
    try:
        with _sending:
            while rest:
                rest = rest[os.write(TO_HOST, rest) :]
    except OSError:
        pass  # Nobody reads it any more: the host has gone, and the process is about to be ended.


def receive():
    """The header and the body of the next message; None once the host has closed the pipe."""
    lengths = read_exactly(8)
    if lengths is None:
        return None
    head, body = struct.unpack(">II", lengths)
    return json.loads(read_exactly(head)), read_exactly(body)


def read_exactly(size):
    parts = []
    while size > 0:
        part = os.read(TO_HANDLER, min(size, 1 << 20))
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def cut(text, limit):
    """The beginning of a text in UTF-8, no half of a character, and how many bytes are left out."""
    data = text.encode("utf-8", "backslashreplace")
    kept = data[:limit].decode("utf-8", "ignore").encode()
    return kept, len(data) - len(kept)


class HostStream(io.RawIOBase):
    """What takes the place of a standard stream: in order with all other messages, and before the end of the run."""

    def __init__(self, name, fd):
        super().__init__()
        self._name, self._fd = name, fd

    def writable(self):
        return True

    def fileno(self):
        return self._fd

    def write(self, data):
        data = bytes(data)
        for at in range(0, len(data), PIECE):
            send({"kind": "output", "stream": self._name}, data[at : at + PIECE])
        return len(data)


def capture_output():
    own = sys.stdout, sys.stderr

    def open_stream(name, fd):
        raw = HostStream(name, fd)
        return io.TextIOWrapper(raw, "utf-8", "backslashreplace", write_through=True)

    sys.stdout, sys.stderr = open_stream("stdout", 1), open_stream("stderr", 2)

    def give_back():
        global _is_fork
        _is_fork = True
        sys.stdout, sys.stderr = own

    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=give_back)


class LogSink:
    """Takes what goes into the log as one event each."""

    def log(self, text, stream="stdout"):
        text = text[:-1] if text.endswith("\n") else text
        if _is_fork:
            print(text, flush=True)
            return
        body, omitted = cut(text, LINE_LIMIT)
        send({"kind": "line", "stream": stream, "omittedBytes": omitted}, body)


class LambdaLoggerHandler(logging.Handler):
    """The handler of the root logger, whose formatter many functions replace."""

    def __init__(self, log_sink):
        super().__init__()
        self.log_sink = log_sink

    def emit(self, record):
        try:
            text = self.format(record)
        except Exception:
            self.handleError(record)
        else:
            self.log_sink.log(text, "stderr" if record.levelno >= logging.WARNING else "stdout")


class RequestFilter(logging.Filter):
    """Tells every record whose event is running."""

    request_id = None
    tenant_id = None

    def filter(self, record):
        record.aws_request_id = self.request_id or ""
        record.tenant_id = self.tenant_id
        return True


class JsonFormatter(logging.Formatter):
    """https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html"""

    own = set(logging.makeLogRecord({}).__dict__) | {"aws_request_id", "tenant_id", "taskName", "message"}

    def format(self, record):
        kind, error, trace = record.exc_info if record.exc_info else (None, None, None)
        fields = {
            "timestamp": self.formatTime(record, "%Y-%m-%dT%H:%M:%SZ"),
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
            "stackTrace": traceback.format_tb(trace) if kind else None,
            "errorType": kind.__name__ if kind else None,
            "errorMessage": str(error) if kind else None,
            "requestId": record.aws_request_id,
            "location": f"{record.pathname}:{record.funcName}:{record.lineno}" if kind else None,
            "tenantId": record.tenant_id,
        }
        for name, value in record.__dict__.items():
            if name not in self.own:
                fields.setdefault(name, value)
        return json.dumps({k: v for k, v in fields.items() if v is not None}, ensure_ascii=False)


def set_up_logging():
    logging.Formatter.converter = time.gmtime
    handler, of_request = LambdaLoggerHandler(LogSink()), RequestFilter()
    text = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n"
    is_json = os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON"
    handler.setFormatter(JsonFormatter() if is_json else logging.Formatter(text, "%Y-%m-%dT%H:%M:%S"))
    handler.addFilter(of_request)
    root = logging.getLogger()
    root.addHandler(handler)
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL")
    if level in LEVELS:
        root.setLevel(LEVELS[level])
    return of_request


class CognitoIdentity:
    cognito_identity_id = None
    cognito_identity_pool_id = None


class LambdaContext:
    """https://docs.aws.amazon.com/lambda/latest/dg/python-context.html"""

    def __init__(self, message):
        env = os.environ.get
        self.aws_request_id = message["requestId"]
        self.log_group_name = env("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = env("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = env("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = message["version"]
        self.invoked_function_arn = message["functionArn"]
        self.tenant_id = message.get("tenantId")
        self.client_context = None
        self.identity = CognitoIdentity()
        self._deadline = message["deadline"]

    def get_remaining_time_in_millis(self):
        return max(0, int(self._deadline - time.time() * 1000))

    def log(self, message):
        LogSink().log(str(message))

    def __repr__(self):
        return f"LambdaContext({', '.join(f'{k}={v!r}' for k, v in vars(self).items())})"


class Fault(Exception):
    """An error of the runtime rather than of the handler, by the name that Lambda gives it."""

    def __init__(self, kind, message, trace=()):
        super().__init__(message)
        self.kind, self.trace = kind, list(trace)


def load_handler(file, function_name, module_name):
    try:
        module = load_module(file, module_name.replace("/", "."))
    except ImportError as error:
        message = f"Unable to import module '{module_name}': {error}"
        raise Fault("Runtime.ImportModuleError", message) from error
    except SyntaxError as error:
        message = f"Syntax error in module '{module_name}': {error}"
        trace = f'  File "{error.filename}" Line {error.lineno}\n    {error.text}'
        raise Fault("Runtime.UserCodeSyntaxError", message, [trace]) from error
    handler = getattr(module, function_name, None)
    if handler is None:
        message = f"Handler '{function_name}' missing on module '{module_name}'"
        raise Fault("Runtime.HandlerNotFound", message)
    return handler


def load_module(file, name):
    """By its file: by its name alone, a module of Python itself could be found in its place."""
    package, _, last = name.rpartition(".")
    parent = importlib.import_module(package) if is_package(package) else None
    spec = importlib.util.spec_from_file_location(name if parent else last, file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    if parent:
        setattr(parent, last, module)
    return module


def is_package(name):
    """Relative imports need it. A folder whose name has a dot in it is none."""
    try:
        return name != "" and importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def run(handler, message, payload):
    request_id = message["requestId"]
    digest = hashlib.sha256(payload).hexdigest()
    received = {"kind": "received", "payloadBytes": len(payload), "sha256": digest}
    send({**received, "requestId": request_id})
    try:
        # No payload at all reaches a handler as an empty object.
        body = to_body(handler(json.loads(payload or b"{}"), LambdaContext(message)))
        tell_loaded()
    except Exception as error:
        fail(error, request_id)
    else:
        send({"kind": "succeeded", "requestId": request_id, "memoryMb": memory_mb()}, body)


_told = set()


def tell_loaded():
    """A change of any of these files makes another process necessary. Packages do not change."""
    root = os.path.join(FOLDER, "")
    found = set()
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and file not in _told and file.endswith(".py"):
            path = os.path.realpath(file)
            if path.startswith(root) and not PACKAGES.search(path[len(root) :]):
                found.add(file)
    fresh = sorted(found)[: MOST_LOADED - len(_told)]
    _told.update(fresh)
    if fresh:
        send({"kind": "loaded"}, json.dumps(fresh).encode())


def to_body(result):
    body = result if isinstance(result, bytes) else to_json(result)
    if len(body) <= RESPONSE_LIMIT:
        return body
    message = (
        f"Response payload size ({len(body)} bytes) exceeded maximum allowed payload size ({RESPONSE_LIMIT} bytes)."
    )
    raise Fault("Function.ResponseSizeTooLarge", message)


def to_json(result):
    # Decimals, which boto3 reads from tables, are written as they are: no float has all their digits.
    mark, decimals = os.urandom(16).hex(), []

    def default(value):
        if not isinstance(value, decimal.Decimal):
            raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")
        if value.is_nan():
            return float("nan")
        decimals.append(str(value))
        return f"{mark}{len(decimals) - 1}"

    try:
        text = json.dumps(result, default=default, ensure_ascii=sys.version_info < (3, 12))
    except Exception as error:
        raise Fault("Runtime.MarshalError", f"Unable to marshal response: {error}") from error
    if decimals:
        text = re.sub(f'"{mark}(\\d+)"', lambda found: decimals[int(found[1])], text)
    # Half of a pair of surrogates becomes the escape that JSON has for it.
    return text.encode("utf-8", "backslashreplace")


def fail(error, request_id=None):
    """Without a request, it is the process that failed: it cannot run another event."""
    kind, message, trace = describe(error)
    header = {"kind": "failed", "errorType": kind, "trace": trace, "memoryMb": memory_mb()}
    if request_id is not None:
        header["requestId"] = request_id
    send(header, message)


def describe(error):
    if isinstance(error, Fault):
        kind, trace = error.kind, error.trace
    else:
        kind, trace = type(error).__name__, trace_of(error)
    try:
        text = str(error)
    except Exception:
        text = "The error cannot be shown as text."
    kept, left = [], TRACE_LIMIT
    for frame in trace:
        left -= len(frame.encode("utf-8", "backslashreplace"))
        if left < 0:
            break
        kept.append(frame)
    # A character takes up to six bytes in JSON.
    room = RESPONSE_LIMIT - NOTE - len(json.dumps(kept)) - 6 * TYPE_LIMIT
    message, omitted = cut(text, room)
    while len(json.dumps(message.decode())) > room:
        message, more = cut(message.decode(), len(message) // 2)
        omitted += more
    if omitted:
        message += f" … ({omitted} more bytes)".encode()
    return cut(kind, TYPE_LIMIT)[0].decode(), message, kept


def trace_of(error):
    frames = traceback.extract_tb(error.__traceback__)
    first = 0
    while first < len(frames) and is_own(frames[first].filename):
        first += 1
    return traceback.format_list(frames[first:])


def is_own(file):
    return file == __file__ or file.startswith("<frozen importlib")


def memory_mb():
    try:
        import resource
    except ImportError:
        return 0  # Windows does not tell it in this way.
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return -(-size // (1024 * 1024 if sys.platform == "darwin" else 1024))


def watch_parent(command):
    """
    Ends this process, with all that it has started, once the program is gone that started it. The watcher is a process
    of its own, since code in C may keep every thread of this one from running; and no child of this process, which may
    wait for its children. Once it has something to do, it becomes the program that knows how to end process trees.
    """
    mark = f"AWS_LAMBDA_LOG_STREAM_NAME={os.environ.get('AWS_LAMBDA_LOG_STREAM_NAME', '')}"
    command = [*command, "--end", str(os.getpid()), mark]
    if not hasattr(os, "fork"):
        threading.Thread(target=end_with_parent, args=(command,), daemon=True).start()
        return
    child = os.fork()
    if child == 0:
        if os.fork() == 0:
            become_watcher(command)
        os._exit(0)
    os.waitpid(child, 0)
    os.close(LIFELINE)


def become_watcher(command):
    group = os.getpgrp()
    try:
        null = os.open(os.devnull, os.O_RDWR)
        for fd in (0, 1, 2):
            os.dup2(null, fd)
        os.close(TO_HOST)
        os.close(TO_HANDLER)
        wait_for_end()
        # Without the mark by which the others are found.
        env = {k: v for k, v in os.environ.items() if k != "AWS_LAMBDA_LOG_STREAM_NAME"}
        os.execve(command[0], command, env)
    except BaseException:
        os.killpg(group, 9)
        os._exit(1)


def end_with_parent(command):
    import subprocess

    wait_for_end()
    subprocess.run(command)


def wait_for_end():
    try:
        while os.read(LIFELINE, 1):
            pass
    except OSError:
        pass  # A reset is an end, too.


def wait_for_debugger(folder):
    """Returns when a debugger is attached and has set its breakpoints."""
    sys.path.insert(0, folder)
    try:
        import debugpy

        # It must not start with the environment of the handler, which is not the editor's.
        _, port = debugpy.listen(("127.0.0.1", 0))
        send({"kind": "debuggable", "port": port, "url": ""})
        debugpy.wait_for_client()
    finally:
        sys.path.remove(folder)


def main(*given):
    debugpy = None
    if given[0] == "--debug":
        debugpy, given = given[1], given[2:]
    file, function_name, module_name, *host = given
    watch_parent(host)
    for fd in (TO_HOST, TO_HANDLER):
        # What the handler starts must not hold them open.
        os.set_inheritable(fd, False)
    capture_output()
    of_request = set_up_logging()
    # Modules are found beside the handler's file, and from the workspace folder on.
    sys.path[:1] = dict.fromkeys([os.path.dirname(file), os.getcwd()])
    sys.argv = [file]
    if debugpy is not None:
        wait_for_debugger(debugpy)
    before = time.perf_counter()
    try:
        handler = load_handler(file, function_name, module_name)
    except Exception as error:
        fail(error)
        sys.exit(1)
    tell_loaded()
    send({"kind": "ready", "initMs": (time.perf_counter() - before) * 1000})
    while True:
        received = receive()
        if received is None:
            return
        message, payload = received
        of_request.request_id, of_request.tenant_id = message["requestId"], message.get("tenantId")
        run(handler, message, payload)


if __name__ == "__main__":
    main(*sys.argv[1:])
