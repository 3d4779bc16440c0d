"""The names that the suite imports from Twisted, zope and setuptools, without those packages.

They take longer to load than most groups of cases take to run, and the suite needs little of them.
"""
import sys
import types


class Protocol(object):
    def makeConnection(self, transport):
        self.transport = transport
        self.connectionMade()


class Factory(object):
    pass


class Failure(object):
    def __init__(self, error):
        self.value = error

    def check(self, kind):
        return isinstance(self.value, kind)


class Outcome(object):
    """What Twisted's maybeDeferred gives for a call that returns or raises at once."""

    def __init__(self, call, *arguments):
        self.value = self.failure = None
        self.attempt(call, *arguments)

    def attempt(self, call, *arguments):
        try:
            self.value = call(*arguments)
        except Exception, error:
            self.failure = Failure(error)

    def addCallback(self, call, *arguments):
        if self.failure is None:
            self.attempt(call, self.value, *arguments)

    def addErrback(self, call):
        if self.failure is not None:
            failure, self.failure = self.failure, None
            self.attempt(call, failure)
            if self.failure is not None:
                raise self.failure.value


def say(*words):
    print ' '.join(map(str, words))


def module(name, **names):
    made = types.ModuleType(name)
    made.__dict__.update(names)
    sys.modules[name] = made
    return made


def install(loop):
    module('twisted')
    module('twisted.python', usage=None, log=module('twisted.python.log', msg=say, err=say))
    module('twisted.internet', reactor=loop,
           protocol=module('twisted.internet.protocol', Protocol=Protocol,
                           ServerFactory=Factory, ClientFactory=Factory),
           interfaces=module('twisted.internet.interfaces', IPushProducer=None))
    module('twisted.internet.defer', maybeDeferred=Outcome)
    module('twisted.web')
    module('twisted.web.server', Site=None)
    module('twisted.web.static', File=None)
    module('zope')
    module('zope.interface', implements=lambda interface: None)
    module('pkg_resources')
    # The look of the HTML pages, which are not written.
    module('autobahntestsuite.report', CSS_COMMON='', CSS_DETAIL_REPORT='',
           CSS_MASTER_REPORT='', JS_MASTER_REPORT='')
