"""Collects the licence texts and notices that the parts of a distribution contain, one folder per part."""
import re
import shutil
import zipfile

TEXT = re.compile(r"(META-INF/)?(?P<name>[^/]*(LICEN[SC]E|NOTICE|COPYING|AL2\.0|LGPL2\.1)[^/]*)", re.IGNORECASE)


def collect(jars, out):
    for jar in sorted(jars.glob("*.jar")):
        with zipfile.ZipFile(jar) as contents:
            for entry in contents.namelist():
                text = TEXT.fullmatch(entry)
                if text:
                    folder = out / jar.stem
                    folder.mkdir(parents=True, exist_ok=True)
                    (folder / text["name"]).write_bytes(contents.read(entry))


def copy_texts(folder, out):
    out.mkdir(parents=True)
    for file in folder.iterdir():
        if TEXT.fullmatch(file.name):
            shutil.copy(file, out)
