"""wapiti 3.0.4 of Debian 12, whose --exclude ends with an error on Python 3.11: flags of an expression may stand at its beginning only."""
import fnmatch
import re

from wapitiCore.main.wapiti import wapiti_main
from wapitiCore.net import crawler

crawler.wildcard_translate = lambda pattern: re.compile(fnmatch.translate(pattern))
wapiti_main()
