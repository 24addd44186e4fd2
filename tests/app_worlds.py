"""What the tests of the app share: a small study, a page drawn alone, all that it says."""

from __future__ import annotations

import os
from dataclasses import dataclass

from streamlit.testing.v1 import AppTest

from ui.study import Draft, Study, shipped
from ui.study.references import new_study, references
from ui.study.session import KEY
from ui.work import job
from ui.work.places import new_owner
from ui.work.results import FullRun, read_results
from ui.work.run_files import RunState, identity_of, want, write_request, write_state

POSTS = "territories.coquelicot.staff.social_worker.additional_fte"
SHARE = "0.02"


def scheme_study(department: str) -> Study:
    """A department with the reference of its schemes, before they began."""
    reference = references(department)[1]
    update = {"reference": reference, "months": shipped(reference).months}
    return new_study(department).model_copy(update=update)


def small_study(**values: object) -> Study:
    known = {
        "key": "recruit",
        "title": "Recruter <b>14</b> postes",
        "origin": "somme_reference",
        "values": values or {POSTS: 14.0},
    }
    study = scheme_study("somme").with_draft(Draft.model_validate(known))
    return study.model_copy(update={"months": 24, "replications": 2})


@dataclass(frozen=True)
class Done:
    study: Study
    identity: str
    visitor: str


def page(name: str, study: Study | None = None, language: str = "fr") -> AppTest:
    """One page alone, after its first run."""
    code = f"from ui.pages.{name} import {name}_page\n{name}_page()\n"
    made = AppTest.from_string(code, default_timeout=120)
    made.session_state["lang"] = language
    if study is not None:
        made.session_state[KEY] = study
    return made.run()


def shown(made: AppTest) -> str:
    """Everything that a page says, markup included."""
    parts = [element.proto.body for element in made.get("html")]
    parts += [
        one.value for kind in (made.markdown, made.title, made.header, made.caption) for one in kind
    ]
    parts += [
        one.value for kind in (made.error, made.warning, made.info, made.success) for one in kind
    ]
    return "\n".join(str(part) for part in parts)


def finished(study: Study) -> FullRun:
    """The full run of a study, made here and now."""
    identity = identity_of(study)
    want(identity, new_owner())
    write_request(identity, study)
    write_state(identity, RunState("queued"))
    assert job.run(identity, os.getppid()) == 0
    found = read_results(identity, study)
    assert found is not None
    return found
