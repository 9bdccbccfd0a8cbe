#!/usr/bin/env python3
"""Keeps the house in order: who may include whom, where third parties live, and what no tracked file may hold.

    fences.py ROOT           checks a checkout; prints FILE:LINE: what is wrong, and fails if anything is
    fences.py --self-test    checks this script against small trees that each break one rule
"""
import os
import posixpath
import re
import subprocess
import sys
import tempfile

# Each module may include those before it and itself, and nothing after it …
ORDER = ["base", "time", "yaml", "model", "policy", "rules", "reconcile", "evidence", "input", "lint", "output"]
# … except what its row forbids.
FORBIDDEN = {"input": {"rules", "reconcile"}, "output": {"input", "yaml"}}
# packc makes the packs' tables for the build; it knows what reads packs, and nothing that needs the tables.
PACKC = set(ORDER[: ORDER.index("policy") + 1])

# Third parties: the headers, and the files they may be included in. What no line names has no home yet.
THIRD_PARTIES = [
    ("the YAML parser", r"yaml\.h|yaml-cpp/.*", r"lib/cita/yaml/.*"),
    ("time zones", r"date/tz\.h", r"lib/cita/time/zone\.cpp"),
    ("dates", r"date/date\.h", r".*"),
    ("ICU", r"unicode/.*", r"lib/cita/base/text\.cpp"),
    ("CLI11", r"CLI/.*", r"tools/.*"),
    ("OpenSSL", r"openssl/.*", r"lib/cita/evidence/.*"),
    ("cmark", r"cmark-gfm.*", r"lib/cita/input/markdown\.cpp"),
    ("zlib", r"zlib\.h", r"lib/cita/(input|evidence)/.*\.cpp"),
    ("libzip", r"zip\.h", r"tools/cita/archive\.cpp"),
    ("fmt", r"fmt/.*", r".*\.cpp"),
    ("nlohmann/json", r"nlohmann/.*", r".*\.cpp"),
    ("the operating system", r"(sys|linux)/.*\.h|(unistd|fcntl|poll|signal|termios|pthread)\.h", r".*\.cpp"),
    ("what only some processors have", r"\w*intrin\.h", r"lib/cita/evidence/(.*\.cpp|avx2\.hpp)"),
]

# The library has no clock, no environment and no locale: whoever calls it says what time it is.
AMBIENT = [
    (r"\b(system_clock|utc_clock)\s*::\s*now\b", "reads the clock"),
    (r"\btime\s*\(\s*(nullptr|NULL|0|&\w+)\s*\)", "reads the clock"),
    (r"\b(gettimeofday|clock_gettime|timespec_get)\s*\(", "reads the clock"),
    (r"\b(localtime|localtime_r|mktime|tzset)\s*\(", "uses the machine's time zone"),
    (r"\bcurrent_zone\s*\(", "uses the machine's time zone"),
    (r"\b(secure_)?getenv\s*\(", "reads the environment"),
    (r"\bsetlocale\s*\(|\bstd\s*::\s*locale\b", "depends on the locale"),
]

# No tracked file names a folder of the machine it was written on, or where a package registry lives. (The brackets keep
# these lines from finding themselves.)
PRIVATE = [
    (r"(?<![\w.~-])/(h[o]me|r[o]ot|Us[e]rs|w[o]rk|workspac[e])/[\w.]", "names a folder of somebody's machine"),
    (r"\b(registry[.]npmjs|pypi|test[.]pypi|rubygems|repo[.]maven[.]apache|conan)[.](org|io)\b", "names a package registry"),
    (r"\b(static[.])?crates[.]io\b|\bfiles[.]pythonhosted[.]org\b|\bproxy[.]golang[.]org\b", "names a package registry"),
    (r"\b(deb|snapshot|security)[.]debian[.]org\b|\b(archive|security)[.]ubuntu[.]com\b", "names a package registry"),
]

CODE = (".cpp", ".hpp", ".def", ".in")


def tracked(root):
    """The files git tracks; all files where the tree is no checkout (a release's archive)."""
    if os.path.exists(os.path.join(root, ".git")):
        # The checkout may belong to somebody else than who runs this (a container's root).
        command = ["git", "-c", f"safe.directory={os.path.abspath(root)}", "-C", root, "ls-files", "-z"]
        names = subprocess.run(command, check=True, capture_output=True).stdout.decode().split("\0")
        return sorted(name for name in names if name and os.path.isfile(os.path.join(root, name)))
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [f for f in folders if not (folder == root and f == "build")]
        found += [os.path.relpath(os.path.join(folder, name), root) for name in names]
    return sorted(found)


def without_comments_and_texts(code):
    """The code alone, with every line where it was; the names of quoted includes stay."""
    pattern = re.compile(
        r'^[ \t]*\#[ \t]*include[ \t]*"[^"\n]*"'  # kept
        r'|R"([^()\s\\]*)\((?:.|\n)*?\)\1"'
        r'|"(?:\\.|[^"\\\n])*"'
        r"|(?<![\w])'(?:\\.|[^'\\\n])+'"
        r"|//[^\n]*|/\*(?:.|\n)*?\*/",
        re.MULTILINE,
    )

    def replaced(match):
        text = match.group(0)
        if text.lstrip().startswith("#"):
            return text
        return ("" if text[0] == "/" else '""') + "\n" * text.count("\n")

    return pattern.sub(replaced, code)


def module_of(path):
    """'time' of lib/cita/time/x.cpp; '' of what lies right in lib/cita (the version, an all-in-one header)."""
    parts = path.split("/")
    return parts[2] if parts[:2] == ["lib", "cita"] and len(parts) > 3 else ""


def module_fault(path, module, wanted):
    if module == wanted:
        return None
    if wanted not in ORDER:
        return f"'{wanted}' is no module of the library"
    if path.startswith("tools/"):
        return None
    if path.startswith("lib/packc"):
        return None if wanted in PACKC else f"packc may not include {wanted}/"
    if module == "":
        return None
    if module not in ORDER:
        return f"'{module}' has no place in the order of modules (tests/house/fences.py)"
    if ORDER.index(wanted) > ORDER.index(module):
        return f"{module}/ may not include {wanted}/, which comes after it"
    if wanted in FORBIDDEN.get(module, ()):
        return f"{module}/ may not include {wanted}/"
    return None


def include_fault(path, opening, header):
    if opening == '"':
        # Beside the includer, or from an include root.
        header = posixpath.normpath(posixpath.join(posixpath.dirname(path), header))
        if path.startswith("lib/") and not header.startswith("lib/"):
            return "the library includes by its own names: #include <cita/…>"
        header = header[len("lib/"):] if header.startswith("lib/") else "cita"
    if header.startswith("cita/"):
        parts = header.split("/")
        return module_fault(path, module_of(path), parts[1]) if len(parts) > 2 else None
    if header == "cita" or re.fullmatch(r"[a-z_0-9]+", header):  # the standard library
        return None
    if header in ("assert.h", "stddef.h", "stdint.h", "stdlib.h", "string.h", "time.h", "stdio.h", "locale.h", "ctype.h"):
        return f"write <c{header[:-2]}>"
    for name, headers, homes in THIRD_PARTIES:
        if re.fullmatch(headers, header):
            return None if re.fullmatch(homes, path) else f"{name} is not for this file: it lives in {homes}"
    return f"<{header}> has no home in this house (tests/house/fences.py)"


def faults_of_code(path, text):
    code = without_comments_and_texts(text)
    for number, line in enumerate(code.split("\n"), 1):
        include = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if include:
            fault = include_fault(path, *include.groups())
            if fault:
                yield number, fault
        if path.startswith("lib/"):
            for pattern, fault in AMBIENT:
                if re.search(pattern, line):
                    yield number, fault


def faults(root):
    found = []
    for path in tracked(root):
        with open(os.path.join(root, path), "rb") as file:
            data = file.read()
        if b"\0" in data:
            continue
        text = data.decode("utf-8", "replace")
        path = path.replace(os.sep, "/")
        if path.startswith(("lib/", "tools/")) and path.endswith(CODE):
            found += [f"{path}:{number}: {fault}" for number, fault in faults_of_code(path, text)]
        for pattern, fault in PRIVATE:
            found += [f"{path}:{text.count(chr(10), 0, m.start()) + 1}: {fault}: {m.group(0)}" for m in re.finditer(pattern, text)]
    return found


# One file each, which must be found, at its last line …
BROKEN = [
    ("lib/cita/time/x.cpp", "#include <cita/model/event.hpp>"),
    ("lib/cita/base/x.hpp", "#include <cita/time/moment.hpp>"),
    ("lib/cita/model/x.cpp", "#include <cita/policy/policy.hpp>"),
    ("lib/cita/rules/x.cpp", '#include "../reconcile/judgement.hpp"'),
    ("lib/cita/rules/builtin/x.cpp", "#include <cita/reconcile/judgement.hpp>"),
    ("lib/cita/input/x.cpp", "#include <cita/rules/engine.hpp>"),
    ("lib/cita/input/x.cpp", "#include <cita/reconcile/judgement.hpp>"),
    ("lib/cita/output/x.cpp", "#include <cita/input/incident_file.hpp>"),
    ("lib/cita/output/x.cpp", "#include <cita/yaml/document.hpp>"),
    ("lib/cita/evidence/x.cpp", "#include <cita/output/text.hpp>"),
    ("lib/cita/time/x.cpp", "#include <cita/nowhere/x.hpp>"),
    ("lib/cita/nowhere/x.cpp", "#include <cita/time/moment.hpp>"),
    ("lib/packc.cpp", "#include <cita/rules/engine.hpp>"),
    ("lib/cita/input/x.cpp", "#include <yaml.h>"),
    ("tools/cita/x.cpp", "#include <yaml-cpp/yaml.h>"),
    ("lib/cita/time/moment.cpp", "#include <date/tz.h>"),
    ("lib/cita/time/reading.cpp", "#  include <unicode/unistr.h>"),
    ("lib/cita/base/text.hpp", "#include <unicode/unistr.h>"),
    ("lib/cita/input/x.cpp", "#include <CLI/CLI.hpp>"),
    ("lib/cita/policy/x.cpp", "#include <openssl/sha.h>"),
    ("tools/cita/x.cpp", "#include <openssl/sha.h>"),
    ("lib/cita/output/x.cpp", "#include <cmark-gfm.h>"),
    ("lib/cita/output/x.hpp", "#include <fmt/format.h>"),
    ("lib/cita/output/x.hpp", "#include <nlohmann/json.hpp>"),
    ("lib/cita/output/x.def", "#include <nlohmann/json.hpp>"),
    ("lib/cita/base/x.hpp", "#include <unistd.h>"),
    ("lib/cita/evidence/x.hpp", "#include <immintrin.h>"),
    ("lib/cita/base/x.cpp", "#include <boost/asio.hpp>"),
    ("lib/cita/base/x.cpp", "#include <string.h>"),
    ("lib/cita/rules/x.cpp", "/* the\n   start */ auto now = std::chrono::system_clock::now();"),
    ("lib/cita/rules/x.cpp", 'const char* a = "//"; auto now = time(nullptr);'),
    ("lib/cita/rules/x.cpp", "auto here = std::localtime(&now);"),
    ("lib/cita/rules/x.cpp", 'const char* home = std::getenv("HOME");'),
    ("lib/cita/base/x.cpp", 'std::setlocale(LC_ALL, "");'),
    ("lib/cita/base/x.cpp", "stream.imbue(std::locale());"),
    ("docs/x.md", "See /" + "home/anna/cita/README.md"),
    (".ci/run", "cd '/" + "root/cita'"),
    ("docs/x.md", "from https://" + "pypi" + ".org/simple"),
    ("CMakeLists.txt", "# deb http://deb" + ".debian.org/debian bookworm main"),
]
# … and what must not be.
SOUND = [
    ("lib/cita/time/zone.cpp", '#include <cita/base/text.hpp>\n#include "zone.hpp"\n#include <date/tz.h>\n#include <vector>'),
    ("lib/cita/output/x.cpp", "#include <cita/reconcile/judgement.hpp>\n#include <nlohmann/json.hpp>\n#include <fmt/format.h>"),
    ("lib/cita/input/x.cpp", "#include <cita/yaml/document.hpp>\n#include <cita/version.hpp>"),
    ("lib/cita/base/x.cpp", "// system_clock::now() is not for us\nauto a = \"getenv(\"; /* std::locale */ auto b = R\"(time(0))\";"),
    ("lib/cita/base/y.cpp", "char quote = '\"'; int million = 1'000'000; // std::locale\nint run_time(int); auto x = run_time(0);"),
    ("tools/cita/x.cpp", '#include "command.hpp"\n#include <cita/output/text.hpp>\n#include <CLI/CLI.hpp>\nauto n = system_clock::now();'),
    ("lib/packc.cpp", "#include <cita/policy/pack_file.hpp>"),
    ("tests/time/x.cpp", "#include <doctest/doctest.h>\n#include <openssl/sha.h>"),
    ("docs/x.md", "https://www.ccadb.org/" + "home/x and /usr/share/zoneinfo and a/" + "work/b"),
]


def check_tree(files):
    with tempfile.TemporaryDirectory() as root:
        for path, text in files:
            os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
            with open(os.path.join(root, path), "w", encoding="utf-8") as file:
                file.write(text + "\n")
        return faults(root)


def self_test():
    wrong = [f"a sound file was blamed: {fault}" for fault in check_tree(SOUND)]
    for path, text in BROKEN:
        found = check_tree([(path, text)])
        line = text.count("\n") + 1
        if len(found) != 1 or not found[0].startswith(f"{path}:{line}: "):
            wrong.append(f"{path}: {text!r} should be blamed once, at line {line}: {found}")
    return wrong


def main(arguments):
    if len(arguments) != 1 or arguments[0] in ("-h", "--help"):
        print(__doc__.strip())
        return 0 if arguments else 2
    found = self_test() if arguments[0] == "--self-test" else faults(arguments[0])
    print("\n".join(found) if found else "The fences stand.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
