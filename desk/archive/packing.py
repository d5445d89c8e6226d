"""Backup: pack rows, uploaded files and the kept heads of history into one file."""

import hashlib
import io
import json
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from activity import actions, chain

from . import rows

FORMAT = 1
ROWS, MANIFEST, HEADS, FILES = "rows.jsonl", "manifest.json", "history_heads.log", "files"


def pack(path: Path) -> dict:
    """Write the archive and return its manifest. The file appears when it is whole."""
    while head := actions.seal_new_entries():  # so that the chain covers all that is packed
        chain.keep_head(head)
    part = path.with_name(f"{path.name}.part")
    part.touch(mode=0o600)  # it holds everything, drafts and pending decisions included
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / ROWS
        counts = rows.dump(lines)
        manifest = {
            "format": FORMAT,
            "made_at": timezone.now().isoformat(),
            "counts": counts,
            "digest": digest_of(lines),
            "migrations": rows.migrations(),
        }
        with tarfile.open(part, "w:gz", compresslevel=6) as archive:
            _add_text(archive, MANIFEST, json.dumps(manifest, indent=1))
            archive.add(lines, ROWS)
            for source, name in ((chain.heads_file(), HEADS), (Path(settings.MEDIA_ROOT), FILES)):
                if source.exists():
                    archive.add(source, name)
    part.replace(path)
    return manifest


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    content = text.encode()
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))
