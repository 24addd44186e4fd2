"""What staff time becomes: case work, portfolios shared anew, the rhythm that is held."""

from __future__ import annotations

import math

from replay.office_people import CARED_FOR
from replay.office_rules import FULL_WEIGHT, KINDS_OF_RHYTHM
from replay.offices import Offices
from sim.units import DAYS_PER_MONTH, WORKING_DAYS_PER_MONTH
from sim.vocabulary import NO_INDEX, Record, Support

THOUSANDTHS = 1000
ENDLESS = 1_000_000.0


class TimedOffices(Offices):
    """Offices whose spare time becomes contacts."""

    def say_by_role(self, kind: Record, minutes: list[int]) -> None:
        """Foretell minutes by territory and role, where there are some; ``minutes`` by post."""
        for territory in self.territories:
            for role in range(len(self.rules.regime.labels("roles"))):
                spent = sum(minutes[post] for post in self.in_role(territory, role))
                if spent > 0:
                    self.say_of_office(kind, territory, NO_INDEX, role, spent)

    def do_case_work(self) -> None:
        """The minutes of each portfolio, as far as the day has them."""
        spent = []
        for row, (post, load) in enumerate(zip(self.posts, self.loads(), strict=True)):
            role = self.rules.regime.labels("roles")[post.role]
            monthly = self.rules.share_at(post.territory, f"staff.{role}.case_work_minutes")
            asked = math.floor(load / FULL_WEIGHT * monthly / WORKING_DAYS_PER_MONTH + 0.5)
            spent.append(min(asked, self.minutes[row]))
            self.minutes[row] -= spent[row]
        self.say_by_role(Record.CASE_WORK, spent)

    def share_anew(self) -> None:
        """Who is far below its part of a team's portfolios takes people over from the others."""
        loads = self.loads()
        teams = {(p.territory, p.role): self.in_role(p.territory, p.role) for p in self.posts}
        carried = {team: sum(loads[row] for row in rows) for team, rows in teams.items()}
        places = {team: sum(self.capacity[row] for row in rows) for team, rows in teams.items()}

        def part(row: int, load: int) -> int:
            """Above zero: more than the post's part of its team."""
            team = (self.posts[row].territory, self.posts[row].role)
            return load * places[team] - carried[team] * self.capacity[row]

        takes = []
        for row, post in enumerate(self.posts):
            team = (post.territory, post.role)
            missing, whole = -part(row, loads[row]), carried[team] * self.capacity[row]
            is_far = 5 * missing > whole and missing >= 2 * FULL_WEIGHT * places[team]
            if self.capacity[row] > 0 and is_far:
                takes.append(row)
        for person in self.people if takes else []:
            if person.support not in CARED_FOR:
                continue
            weight = person.weight(self.rules)
            for position, old in enumerate(person.posts):
                if part(old, loads[old] - weight) < 0:
                    continue
                team_rows = teams[self.posts[old].territory, self.posts[old].role]
                found = [r for r in takes if r in team_rows and part(r, loads[r] + weight) <= 0]
                if found:
                    new = found[0]
                    loads[old] -= weight
                    loads[new] += weight
                    person.posts[position] = new
                    role = self.posts[new].role
                    self.say(Record.CASEWORKER_CHANGED, person, detail=role)

    def use(self, posts: list[int], minutes: int, *, is_promised: bool) -> None:
        """Minutes of a contact; promised ones are not of the rhythm."""
        for post in posts:
            self.minutes[post] -= minutes
            self.on_contacts[post] += minutes
            self.on_promises[post] += minutes * is_promised

    def set_rhythm(self) -> None:
        """The time of each role, smoothed; the intervals that each pathway can hold."""
        regime = self.rules.regime
        half_life = self.rules.number("staffing.rhythm_half_life_days")
        days = DAYS_PER_MONTH / WORKING_DAYS_PER_MONTH
        step = 1.0 - 0.5 ** (days / half_life)
        for territory in self.territories:
            for role in range(len(regime.labels("roles"))):
                rows = self.in_role(territory, role)
                minutes = sum(
                    self.minutes[row] + self.on_contacts[row] - self.on_promises[row]
                    for row in rows
                )
                now = THOUSANDTHS * minutes / days
                before = self.rules.time.get((territory, role), 0)
                after = now if before == 0 else before + (now - before) * step
                self.rules.time[territory, role] = math.floor(after + 0.5)
            for pathway in range(len(regime.labels("pathways"))):
                self._set_rhythm_of(territory, pathway)

    def _set_rhythm_of(self, territory: int, pathway: int) -> None:
        roles = self.rules.roles_of(pathway)
        for kind in KINDS_OF_RHYTHM:
            rhythm = self.rules.rhythm(territory, pathway, kind)
            pace = min(self._pace(territory, roles[place]) for place in rhythm.attendance)
            held = max(rhythm.shortest, math.floor(rhythm.interval / pace + 0.5))
            self.rules.held[territory, pathway, kind] = held

    def _pace(self, territory: int, role: int) -> float:
        asked = 0.0
        for pathway in range(len(self.rules.regime.labels("pathways"))):
            roles = self.rules.roles_of(pathway)
            supported = self.count(territory, pathway, Support.SUPPORTED)
            for kind in KINDS_OF_RHYTHM:
                rhythm = self.rules.rhythm(territory, pathway, kind)
                if role in [roles[place] for place in rhythm.attendance]:
                    asked += supported * rhythm.minutes / rhythm.interval
        there = self.rules.time[territory, role] / THOUSANDTHS
        share = self.rules.number("staffing.spare_time_contact_share")
        if there <= asked:
            return 1.0
        return 1.0 + share * (there - asked) / asked if asked > 0.0 else ENDLESS

    def lengthen_contacts(self) -> None:
        """A share of what is left makes the contacts of the day longer."""
        share = self.rules.number("staffing.spare_time_depth_share")
        more = self.rules.number("staffing.longest_contact_factor") - 1.0
        spent = [
            min(int(left * share), int(held * more))
            for left, held in zip(self.minutes, self.on_contacts, strict=True)
        ]
        self.minutes = [left - used for left, used in zip(self.minutes, spent, strict=True)]
        self.say_by_role(Record.CONTACTS_LENGTHENED, spent)

    def count(self, territory: int, pathway: int, support: Support) -> int:
        """How many are at a stage of a pathway."""
        return sum(
            person.support == support and (person.territory, person.pathway) == (territory, pathway)
            for person in self.people
        )
