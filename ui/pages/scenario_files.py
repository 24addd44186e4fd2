"""Saving, sharing, importing and exporting scenarios."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from sim.errors import InputError
from sim.policy import Scenario, scenario_text
from sim.policy.today import today_name
from ui import elements as st
from ui.pages.paging import one_page
from ui.reports.refusals import fault_in
from ui.setting_words import setting_text
from ui.spoken import language, text
from ui.study.draft import LONGEST_TITLE, Draft, OwnStart, Study
from ui.study.link import PARAMETER, packed
from ui.study.own_start import own_start_of
from ui.study.references import (
    check_in_app,
    departments,
    new_study,
    reference_of,
    references,
    scenario_of,
    shipped,
    started,
)
from ui.study.saved import forget, is_saved, save, saved, saved_before
from ui.study.session import add_draft, edited, keep, study
from ui.study.yaml_files import base_of_text, scenario_of_text
from ui.take_away.replay import REFERENCE_FILE
from ui.visitor import visitor

MOST_FILE_BYTES = 200_000
MOST_FAULTS = 8
YAML = "application/yaml"


def library() -> None:
    """The tools around a scenario."""
    draft = edited()
    if draft is not None:
        _present(draft)
    with st.expander(text("files.import"), icon=":material/upload:"):
        _import()
    kept = saved(visitor())
    if kept:
        with st.expander(text("files.saved", count=len(kept)), icon=":material/bookmark:"):
            for one in one_page(kept, "saved"):
                _saved_row(one)


def _present(draft: Draft) -> None:
    with st.container(horizontal=True, key="scenario tools"):
        _saving(draft)
        if st.button(text("files.copy"), icon=":material/content_copy:", disabled=study().is_full):
            title = text("files.copy_of", title=draft.title)[:LONGEST_TITLE]
            add_draft(draft.model_copy(update={"title": title}))
            st.rerun()
        if st.button(text("files.delete"), icon=":material/delete:"):
            keep(study().without_draft(draft.key))
            st.rerun()
        _export(draft)
        _export_reference()
    with st.expander(text("files.share"), icon=":material/link:"):
        _share()


def _saving(draft: Draft) -> None:
    """Save at once, but for a title that another version was saved under: that is asked."""
    owner, present = visitor(), study()
    before = saved_before(owner, present, draft)
    is_other = before is not None and not is_saved(owner, present, draft)
    is_meant = True
    if is_other:
        is_meant = st.checkbox(
            text("files.replace", title=draft.title),
            help=text("files.replace_help"),
            key=f"replace saved {draft.key}",
        )
    if st.button(text("files.save"), icon=":material/bookmark_add:", disabled=not is_meant):
        save(owner, present, draft)
        st.toast(text("files.was_saved", title=draft.title))
        if is_other:
            st.rerun()


def _export(draft: Draft) -> None:
    try:
        content = scenario_text(scenario_of(draft, study().months))
    except InputError:
        return
    st.download_button(
        text("files.export"),
        content,
        f"{study().file_stems[study().drafts.index(draft)]}.yaml",
        YAML,
        icon=":material/download:",
        on_click="ignore",
    )


def _export_reference() -> None:
    """The reference as a file, where it starts from own figures: no shipped one is the same."""
    if study().own is None:
        return
    st.download_button(
        text("files.export_reference"),
        scenario_text(reference_of(study())),
        REFERENCE_FILE,
        YAML,
        icon=":material/download:",
        on_click="ignore",
    )


def _share() -> None:
    token = packed(study())
    if token is None:
        st.info(text("files.too_long"), icon=":material/info:")
        return
    st.caption(text("files.share_help"))
    parts = urlsplit(str(st.context.url or ""))
    base = urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))
    st.code(f"{base}?{PARAMETER}={token}", language=None, wrap_lines=True)


def _import() -> None:
    st.caption(text("files.import_help"))
    given = st.file_uploader(
        text("files.import_label"), type=["yaml", "yml"], key="scenario file", max_upload_size=1
    )
    written = st.text_area(text("files.paste"), key="scenario text", height=120)
    if not st.button(text("files.import_button"), disabled=given is None and not written):
        return
    content = _content(given, written or "")
    if content is None:
        st.error(text("files.unreadable"), icon=":material/error:")
        return
    try:
        made = scenario_of_text(content)
        target = _study_for(made)
        if target is None:
            check_in_app(made)
        else:
            check_in_app(made, target.reference, target.own)
    except InputError as error:
        base = base_of_text(content) or reference_of(study()).base
        faults = (fault_in(fault, language()) for fault in error.faults[:MOST_FAULTS])
        listed = (
            text(
                "files.fault",
                where=setting_text(fault.field, base) or fault.file,
                found=fault.found,
                accepted=fault.accepted,
            )
            for fault in faults
        )
        st.faults(text("files.faults"), listed, icon=":material/error:")
        return
    if target is None:
        st.error(text("files.no_reference"), icon=":material/error:")
        return
    keep(target)
    title = made.title.fr if language() == "fr" else made.title.en
    known = {
        "key": "new",
        "title": title[:LONGEST_TITLE],
        "origin": target.reference,
        "document": scenario_text(made),
    }
    if not add_draft(Draft.model_validate(known)):
        st.error(text("scenario.full", most=len(study().drafts)), icon=":material/error:")
        return
    st.rerun()


def _content(given: Any, written: str) -> str | None:
    raw = given.getvalue() if given is not None else written.encode("utf-8")
    if len(raw) > MOST_FILE_BYTES:
        return None
    try:
        return str(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return None


def _study_for(made: Scenario) -> Study | None:
    """The present study if the scenario belongs to it, else one of its own department."""
    if made.department not in departments():
        return None
    own = own_start_of(made, shipped(today_name(made.department)))
    if own is not None and made.reference in (None, today_name(made.department)):
        return _study_from(made, own)
    known = references(made.department)
    alike = [
        name
        for name in known
        if shipped(name).start == made.start
        and (made.reference in (None, name) or made.reference not in known)
    ]
    if not alike:
        return None
    present = study()
    if present.department == made.department and present.reference in alike:
        return present
    fresh = new_study(made.department).model_copy(update={"reference": alike[0]})
    return fresh.model_copy(update={"months": min(made.months, shipped(alike[0]).months)})


def _study_from(made: Scenario, own: OwnStart) -> Study | None:
    """The present study if it starts from the same own figures, else today's one from them on."""
    present, fresh = study(), new_study(made.department)
    if present.department == made.department and present.own is not None:
        # A file does not say which delay the time to the invitation was fitted to.
        own = own.model_copy(update={"orientation_days": present.own.orientation_days})
        if (present.reference, present.own) == (fresh.reference, own):
            return present
        own = own.model_copy(update={"orientation_days": None})
    if started(fresh.reference, own).start != made.start:
        return None
    return fresh.model_copy(update={"own": own, "months": min(made.months, fresh.months)})


def _start_of(study: Study) -> tuple[object, ...]:
    """What scenarios must share to be compared."""
    return study.department, study.reference, study.own


def _saved_row(one: Any) -> None:
    label = departments()[one.study.department].label
    left, first, second = st.columns([3, 1, 1], vertical_alignment="center")
    with left:
        st.paragraph(label)
        st.caption(one.draft.title, is_ours=False)
    present = study()
    is_of_another = _start_of(present) != _start_of(one.study)
    is_full = present.is_full and not is_of_another
    with first:
        is_opened = st.button(
            text("files.open"),
            key=f"open saved {one.name}",
            width="stretch",
            disabled=is_full,
            help=text("scenario.full", most=len(present.drafts)) if is_full else None,
        )
    with second:
        is_forgotten = st.button(text("files.forget"), key=f"forget {one.name}", width="stretch")
    if is_opened:
        if is_of_another:
            keep(one.study.model_copy(update={"drafts": ()}))
        add_draft(one.draft)
        st.rerun()
    if is_forgotten:
        forget(visitor(), one.name)
        st.rerun()
