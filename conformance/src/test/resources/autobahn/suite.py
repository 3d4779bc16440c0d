"""The suite's fuzzing client or fuzzing server: suite.py SUITE_FOLDER client|server SPEC_FILE

The client runs its cases and exits. The server says LISTENING and its port; when its standard
input ends, it writes its report and exits. A client exits then too: neither outlives its parent.
"""
import json
import os
import sys
import threading
import types

from java.lang import Runtime

import event_loop
import stand_ins

LAST_CONNECTION_SECONDS = 5


def package(folder, name):
    """Makes a package known without its __init__, which would import all of the suite."""
    made = types.ModuleType(name)
    made.__path__ = [os.path.join(folder, name)]
    made.__file__ = os.path.join(folder, name, '__init__.py')
    version = {}
    execfile(os.path.join(folder, name, '_version.py'), version)
    made.version = version['__version__']
    sys.modules[name] = made


def load_fuzzing(folder, loop, deflate_messages):
    stand_ins.install(loop)
    package(folder, 'autobahn')
    package(folder, 'autobahntestsuite')
    import deflate_cases
    deflate_cases.register(deflate_messages)
    from autobahntestsuite import fuzzing
    with_html = fuzzing.FuzzingFactory.createReports
    fuzzing.FuzzingFactory.createReports = lambda self: with_html(self, produceHtml=False)
    return fuzzing


def when_input_ends(call):
    def wait():
        sys.stdin.read()
        call()
    thread = threading.Thread(target=wait)
    thread.setDaemon(True)
    thread.start()


def run_client(fuzzing, loop, spec):
    when_input_ends(lambda: Runtime.getRuntime().halt(1))
    fuzzing.startClient(spec)
    loop.run()


def run_server(fuzzing, loop, spec):
    listener = event_loop.Listener(loop)
    spec['url'] = 'ws://%s:%d' % (event_loop.LOOPBACK, listener.port)
    factory = fuzzing.FuzzingServerFactory(spec)
    listener.serve(factory)

    def report(deadline):
        if loop.connections and event_loop.now() < deadline:
            loop.callLater(0.01, report, deadline)
        else:
            factory.createReports()
            loop.stop()
    ended = lambda: report(event_loop.now() + LAST_CONNECTION_SECONDS)
    when_input_ends(lambda: loop.call_from_thread(ended))
    print 'LISTENING %d' % listener.port
    loop.run()


def main(folder, mode, spec_file):
    with open(spec_file) as opened:
        spec = json.load(opened)
    loop = event_loop.EventLoop()
    fuzzing = load_fuzzing(folder, loop, spec['deflateMessages'])
    {'client': run_client, 'server': run_server}[mode](fuzzing, loop, spec)


main(*sys.argv[1:])
