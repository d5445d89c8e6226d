"""Restore: an archive into an empty database, or in place of what is there. All or nothing."""

import json
import shutil
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from activity import chain, clock, post
from activity.append_only import guards_lifted

from . import rows
from .packing import FILES, FORMAT, HEADS, MANIFEST, ROWS, digest_of


class Unfit(Exception):
    """The archive cannot be taken; the sentence says why and what to do."""


def unpack(path: Path, *, replace: bool = False) -> dict:
    """Put the archive's rows and files in place and hold all mail; returns the manifest."""
    if not replace and not rows.is_empty():
        raise Unfit("This database holds data already. Add --replace to put the archive in its place.")
    media = Path(settings.MEDIA_ROOT)
    media.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=media.parent) as place:
        folder = Path(place)
        manifest = _open(path, folder)
        _put_rows(folder / ROWS, manifest)
        _put_files(folder / FILES, media)
        _put_heads(folder / HEADS)
    clock.forget()
    cache.clear()
    return manifest


def _open(path: Path, folder: Path) -> dict:
    """Extract and judge the archive before anything is changed."""
    try:
        with tarfile.open(path, "r:gz") as archive:
            archive.extractall(folder, filter="data")
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, EOFError, tarfile.TarError, ValueError) as error:
        raise Unfit(f"{path} is no archive of BudgetCollab, or it is damaged ({error}).") from error
    if manifest.get("format") != FORMAT:
        raise Unfit(f"{path} has format {manifest.get('format')}; this version reads format {FORMAT}.")
    if digest_of(folder / ROWS) != manifest["digest"]:
        raise Unfit(f"{path} is damaged: its rows are not those that were packed. Take another copy.")
    _judge_migrations(manifest["migrations"], rows.migrations())
    return manifest


def _judge_migrations(theirs: dict, ours: dict) -> None:
    apart = sorted(app for app in theirs.keys() | ours.keys() if theirs.get(app) != ours.get(app))
    if apart:
        raise Unfit(
            f"The archive comes from another version of the tables of {', '.join(apart)}. "
            "Restore it with the version that made it, then upgrade."
        )


def _put_rows(path: Path, manifest: dict) -> None:
    with transaction.atomic(), guards_lifted():
        rows.clear()
        if rows.load(path) != manifest["counts"]:
            raise Unfit("The archive holds another number of rows than it says. Take another copy.")
        post.pause_mail(f"Restored from the backup of {manifest['made_at']}.")


def _put_files(source: Path, media: Path) -> None:
    """Files that were there stand aside under another name; nothing is removed."""
    if media.exists() and any(media.iterdir()):
        media.rename(media.with_name(f"{media.name}.before-{timezone.now():%Y%m%d%H%M%S%f}"))
    if source.exists():
        shutil.copytree(source, media, dirs_exist_ok=True)


def _put_heads(source: Path) -> None:
    chain.set_heads_aside()
    if source.exists():
        shutil.copy(source, chain.heads_file())
