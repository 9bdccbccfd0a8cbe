"""cita verify --bundle and cita rerun: what is written is reproduced, what differs is said, what is hostile is refused.

  run.py CITA ROOT"""

import hashlib
import io
import json
import os
import pathlib
import resource
import stat
import subprocess
import sys
import tempfile
import warnings
import zipfile

import jsonschema

cita, root = sys.argv[1], pathlib.Path(sys.argv[2])
EXAMPLE = root / "examples" / "bugzilla-record"
AS_OF = "2026-06-01T00:00:00Z"
schema = jsonschema.Draft7Validator(json.loads((root / "schemas" / "bundle.schema.json").read_text()))
problems = []


# What is hostile may not take more addresses than this. The address sanitizer alone takes terabytes of them.
MOST_ADDRESSES = resource.RLIM_INFINITY if b"__asan_init" in pathlib.Path(cita).read_bytes() else 3 << 30


def run(arguments, folder, **more):
    def bounded():
        resource.setrlimit(resource.RLIMIT_AS, (MOST_ADDRESSES, MOST_ADDRESSES))

    return subprocess.run([cita, *map(str, arguments)], cwd=folder, capture_output=True, text=True, check=False, preexec_fn=bounded,
                          timeout=120, **more)


def expect(what, done, code, *texts):
    if done.returncode != code or any(text not in done.stdout + done.stderr for text in texts):
        problems.append(f"{what}: exit {done.returncode}, not {code}, or not in it: {texts}\n{done.stdout}{done.stderr}")


def tree(folder):
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file()}


def packed(files):
    """A ZIP of these; a list may hold a name twice."""
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items() if isinstance(files, dict) else files:
                archive.writestr(name, content)
    return out.getvalue()


def manifest_with(files, change):
    """The files, and their manifest changed."""
    manifest = json.loads(files["bundle.json"])
    change(manifest)
    return {**files, "bundle.json": json.dumps(manifest).encode()}


def check_whole(folder):
    """What is written, in every form, and again."""
    (folder / "in").mkdir()
    for name in ("bug.json", "roster.yaml", "incident.yaml"):
        (folder / "in" / name).write_bytes((EXAMPLE / name).read_bytes())
    alone = ["verify", "in/bug.json", "--roster", "in/roster.yaml", "--as-of", AS_OF]
    done = run([*alone, "--bundle", "one.zip"], folder)
    expect("zip", done, 1, "note: wrote one.zip; the SHA-256 of its bundle.json is ")
    expect("folder", run([*alone, "--bundle", "one/", "--width", "60", "--color", "always"], folder, env={"TZ": "Asia/Tokyo"}), 1)
    again = folder / "elsewhere"
    again.mkdir()
    expect("zip again", run(["verify", "../in/bug.json", "--roster", "../in/roster.yaml", "--as-of", AS_OF, "--format", "json",
                             "--bundle", "two.zip"], again, env={"TZ": "America/New_York"}), 1)
    if (folder / "one.zip").read_bytes() != (again / "two.zip").read_bytes():
        problems.append("the same question does not give the same bytes")
    files = tree(folder / "one")
    with zipfile.ZipFile(folder / "one.zip") as archive:
        if archive.namelist() != sorted(files) or any(archive.read(name) != content for name, content in files.items()):
            problems.append(f"the archive is not the folder: {archive.namelist()}")
        if {each.date_time for each in archive.infolist()} != {(1980, 1, 1, 0, 0, 0)}:
            problems.append("the entries carry dates")
    manifest = json.loads(files["bundle.json"])
    problems.extend(each.message for each in schema.iter_errors(manifest))
    for each in manifest["inputs"] + manifest["results"]:
        content = files[each["file"]]
        if (each["bytes"], each["sha256"]) != (len(content), hashlib.sha256(content).hexdigest()):
            problems.append(f"{each['file']}: its size or digest is wrong")
    if [each["from"] for each in manifest["inputs"]] != ["roster.yaml", "bug.json"] or str(folder).encode() in files["bundle.json"]:
        problems.append(f"inputs: {manifest['inputs']}")
    if files["inputs/02-bug.json"] != (EXAMPLE / "bug.json").read_bytes() or b"inputs/02-bug.json" not in files["bundle.json"]:
        problems.append("an input is not there byte for byte")
    digest = hashlib.sha256(files["bundle.json"]).hexdigest()
    expect("digest", done, 1, digest)
    (folder / "empty").mkdir()
    for bundle in ("one", "one.zip", "elsewhere/two.zip"):
        expect(f"rerun {bundle}", run(["rerun", folder / bundle], folder / "empty"), 0, "reproduced byte for byte", digest)
    # What was judged is what is printed, but for names and looks.
    plain = run([*alone, "--format", "json"], folder)
    if json.loads(plain.stdout)["summary"] != json.loads(files["results/verify.json"])["summary"]:
        problems.append("the results are not those of the run")
    return files


def check_others(folder):
    """Incident files against several sources, packs, folders of records, standard input, every option."""
    (folder / "reporter.yaml").write_text(
        "cita: 1\nincident: {title: x, bug: 1900001, ca: {name: Example CA}, certificates: tls}\n"
        "accounts: {reporter: {kind: reporter, zone: UTC}}\nevents: [{kind: preliminary-incident-report, at: 2026-05-05T16:00Z}]\n")
    records = folder / "records"
    records.mkdir()
    (records / "bug.json").write_bytes((EXAMPLE / "bug.json").read_bytes())
    more = ["verify", "in/incident.yaml", "--against", "records", "--against", "reporter.yaml", "--roster", "in/roster.yaml",
            "--pack", "draft/servercert-pr-622", "--profile", "reviewer", "--saved", "2026-05-31T00:00:00Z", "--all", "--fail-on",
            "undetermined", "--as-of", AS_OF, "--bundle"]
    expect("several sources", run([*more, "several.zip"], folder), 1)
    expect("rerun several", run(["rerun", "several.zip"], folder), 0)
    with zipfile.ZipFile(folder / "several.zip") as archive:
        command = json.loads(archive.read("bundle.json"))["command"]
    if [each for each in command if each.startswith("inputs/")] != [
            "inputs/04-incident.yaml", "inputs/02-bug.json", "inputs/03-reporter.yaml", "inputs/01-roster.yaml"]:
        problems.append(f"command: {command}")
    with open(EXAMPLE / "bug.json", encoding="utf-8") as bug:
        done = subprocess.run([cita, "verify", "-", "--as-of", AS_OF, "--bundle", "stdin"], cwd=folder, stdin=bug, capture_output=True,
                              text=True, check=False)
    expect("standard input", done, 0)
    expect("rerun of standard input", run(["rerun", "stdin"], folder), 0)
    # Without an as-of, the instant of the run is kept.
    expect("clock", run(["verify", "in/bug.json", "--bundle", "clock.zip"], folder), 0)
    expect("rerun of a clock's", run(["rerun", "clock.zip"], folder), 0)
    # What cannot be written leaves nothing.
    (folder / "full").mkdir()
    (folder / "full" / "x").write_text("kept")
    for target in ("full", "nowhere/x.zip", "nowhere/x"):
        expect(f"bundle to {target}", run(["verify", "in/bug.json", "--as-of", AS_OF, "--bundle", target], folder), 2, "error: ")
    if tree(folder / "full") != {"x": b"kept"} or list(folder.glob("*.part-*")):
        problems.append("a bundle that failed left something")


def check_differences(folder, files):
    """What differs is said, and ends with 1."""
    def changed(name, old, new):
        assert old in files[name], (name, old)
        return {**files, name: files[name].replace(old, new)}

    def first_pack(manifest):
        manifest["packs"][0]["digest"] = "0" * 64

    cases = {
        "an input": (changed("inputs/02-bug.json", b"{", b"{ "), ["inputs/02-bug.json: its SHA-256 is ", ", and bundle.json says "]),
        "a fact": (changed("inputs/02-bug.json", b"2026-05-20T10:00:00Z", b"2026-05-20T08:00:00Z"),
                   ["inputs/02-bug.json: its SHA-256 is ", "results/verify.txt line ", "results/verify.json line "]),
        "a result": (changed("results/verify.txt", b"1 MUST breached", b"1 MUST met"),
                     ["results/verify.txt: its SHA-256 is ", "results/verify.txt line 2: '1 MUST met", "and now '1 MUST breached"]),
        "a line less": (changed("results/verify.txt", files["results/verify.txt"].splitlines(True)[-1], b""), ["was written, and now '"]),
        "a line end": (changed("results/verify.json", b"\n  ],\n", b"\r\n  ],\n"), ["results/verify.json line "]),
        "a version": (manifest_with(files, lambda m: m.update(cita="0.0.1")), ["cita 0.0.1 made it, and this is cita "]),
        "a pack": (manifest_with(files, first_pack), ["pack apple: its digest is ", f", and was {'0' * 64}"]),
        "a pack more": (manifest_with(files, lambda m: m["packs"].pop()), [": it was not there"]),
        "a pack less": (manifest_with(files, lambda m: m["packs"].append({"id": "gone", "digest": ""})), ["pack gone: there is none any more"]),
        "the exit code": (manifest_with(files, lambda m: m.update(exit_code=0)), ["the exit code is 1, and was 0"]),
    }
    for what, (content, texts) in cases.items():
        (folder / "changed.zip").write_bytes(packed(content))
        expect(what, run(["rerun", "changed.zip"], folder), 1, "differs: ", *texts)


def link(name):
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def check_hostile(folder, files):
    """One diagnostic, 2, nothing on standard output, nothing written."""
    whole = packed(files)
    command = lambda *words: packed(manifest_with(files, lambda m: m.update(command=list(words))))
    good = json.loads(files["bundle.json"])["command"]
    without = lambda name: {each: content for each, content in files.items() if each != name}
    lying = bytearray(packed({**files, "inputs/x": b"x" * 1000}))
    at = lying.rindex(b"inputs/x")  # in the central directory, behind 46 bytes
    lying[at - 46 + 24:at - 46 + 28] = (10).to_bytes(4, "little")
    locked = bytearray(whole)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + offset] |= 1
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open("bundle.json", "w", force_zip64=True) as entry:
            for _ in range(600):
                entry.write(bytes(1 << 20))
    cases = {
        "no archive": (b"{}", "it is no ZIP archive"),
        "nothing": (b"", "it is no ZIP archive"),
        "cut off": (whole[: len(whole) // 2], "it is no ZIP archive"),
        "damaged": (whole[:60] + bytes(20) + whole[80:], ""),
        "no manifest": (packed(without("bundle.json")), "it holds no bundle.json"),
        "a manifest that breaks off": (packed({**files, "bundle.json": b'{"format": '}), "bundle.json: "),
        "a deep manifest": (packed({**files, "bundle.json": b"[" * 200_000}), "bundle.json: "),
        "another format": (packed(manifest_with(files, lambda m: m.update(format="bundle-v2"))), "reads bundle-v1 alone"),
        "a manifest without a key": (packed(manifest_with(files, lambda m: m.pop("inputs"))), "bundle.json: "),
        "a manifest of other types": (packed(manifest_with(files, lambda m: m.update(command="verify"))), "bundle.json: "),
        "above": (packed({**files, "../x": b""}), "'../x' is no name of a file in it"),
        "above, from within": (packed({**files, "inputs/../../x": b""}), "is no name of a file in it"),
        "absolute": (packed({**files, "/tmp/x": b""}), "'/tmp/x' is no name of a file in it"),
        "another system's": (packed({**files, "..\\x": b""}), "is no name of a file in it"),
        "a drive": (packed({**files, "C:x": b""}), "is no name of a file in it"),
        "an escape": (packed({**files, "\x1b[31m": b""}), "is no name of a file in it"),
        "a long name": (packed({**files, "x" * 300: b""}), "is no name of a file in it"),
        "a folder's entry": (packed({**files, "inputs/": b""}), "is no name of a file in it"),
        "a link": (packed([*files.items(), (link("inputs/x"), "/etc/passwd")]), "'inputs/x' is a link or no file"),
        "twice": (packed([*files.items(), ("inputs/02-bug.json", b"{}")]), ""),
        "not listed": (packed({**files, "inputs/x": b""}), "'inputs/x' is there and not listed"),
        "not there": (packed(without("inputs/02-bug.json")), "'inputs/02-bug.json' is listed and not there"),
        "listed twice": (packed(manifest_with(files, lambda m: m["inputs"].append(m["inputs"][0]))), "lists 'inputs/01-roster.yaml' twice"),
        "no results": (packed(manifest_with(without("results/verify.txt"), lambda m: m["results"].pop(0))), "its results are not"),
        "a lying size": (bytes(lying), ""),
        "locked": (bytes(locked), ""),
        "a bomb": (bomb.getvalue(), "its files are larger than 512 MiB"),
        "many": (packed({f"x{number}": b"" for number in range(10_001)}), "it holds more than 10000 files"),
        "another command": (command("check", "inputs/02-bug.json"), "its command is not verify"),
        "no command": (command(), "its command is not verify"),
        "a file outside": (command("verify", "/etc/passwd", "--as-of", AS_OF), "its command reads '/etc/passwd', which is none of its inputs"),
        "a pack outside": (command(*good, "--pack", "../pack.yaml"), "its command reads '../pack.yaml'"),
        "writes": (command(*good, "--output", "x"), "its command asks for more than a judgement"),
        "writes a bundle": (command(*good, "--bundle", "x"), "its command asks for more than a judgement"),
        "writes a baseline": (command(*good, "--write-baseline", "x"), "its command asks for more than a judgement"),
        "asks for help": (command(*good, "--help"), "its command cannot be run"),
        "an unknown option": (command(*good, "--exec", "x"), "its command cannot be run"),
        "the clock": (command("verify", "inputs/02-bug.json"), "its command judges at another instant than it says"),
        "no record": (packed({**files, "inputs/02-bug.json": b"<html>"}), "its inputs cannot be judged"),
    }
    for what, (content, text) in cases.items():
        (folder / "hostile.zip").write_bytes(content)
        before = tree(folder)
        done = run(["rerun", "hostile.zip"], folder)
        expect(what, done, 2, "error", text)
        if done.stdout or (what != "no record" and len(done.stderr.splitlines()) != 1) or "\x1b" in done.stderr or tree(folder) != before:
            problems.append(f"{what}: more than one message, or something was written\n{done.stdout}{done.stderr}")
    # Folders, which may hold what no archive can.
    for what, make in {"a link": lambda at: (at / "inputs" / "x").symlink_to("/etc/passwd"),
                       "a folder's link": lambda at: (at / "x").symlink_to("/etc"), "a pipe": lambda at: os.mkfifo(at / "x"),
                       "not listed": lambda at: (at / "x").write_text("")}.items():
        with tempfile.TemporaryDirectory() as name:
            at = pathlib.Path(name)
            for file, content in files.items():
                (at / file).parent.mkdir(parents=True, exist_ok=True)
                (at / file).write_bytes(content)
            make(at)
            expect(f"{what} in a folder", run(["rerun", at], folder), 2, "not listed" if what == "not listed" else "is a link or no file")
    expect("nowhere", run(["rerun", "nowhere.zip"], folder), 2, "error: nowhere.zip: ")
    expect("a device", run(["rerun", "/dev/zero"], folder), 2, "it is neither a folder nor a file")


with tempfile.TemporaryDirectory() as scratch:
    place = pathlib.Path(scratch)
    bundle = check_whole(place)
    check_others(place)
    check_differences(place, bundle)
    (place / "hostile").mkdir()
    check_hostile(place / "hostile", bundle)
print("\n".join(problems) or "bundles are reproduced")
sys.exit(1 if problems else 0)
