"""The contacts of a working day, and what they bring; sanctions; what the day leaves in books."""

from __future__ import annotations

from replay.office_people import CARED_FOR, FOLLOWED, Person
from replay.office_rules import KINDS_OF_RHYTHM, KINDS_OF_SUPPORT, Rhythm
from replay.office_time import TimedOffices
from replay.offices import HIGHEST_COUNT
from sim.units import DAYS_PER_MONTH, PER_MILLE
from sim.vocabulary import Contact, Decision, ExitReason, Record, Support

HIGHEST_RECORDED_STAGE = 3


class ContactingOffices(TimedOffices):
    """Offices that also meet the people they support."""

    def rhythm(self, person: Person, kind: int) -> Rhythm:
        """How a kind of contact is held with a person."""
        return self.rules.rhythm(person.territory, person.pathway, kind)

    def serve_contacts(self, served: list[Person]) -> list[Person]:
        """Hold what is due while minutes last, in one order; returns who stayed away."""
        queue: list[tuple[tuple[int, int, int], Person, Contact]] = []
        for person in served:
            if person.support == FOLLOWED and self.day >= person.follow_up_until:
                self.end_follow_up(person)
                continue
            for kind in person.kinds:
                self.let_lapse(person, kind)
                rhythm = self.rhythm(person, kind)
                held = self.rules.held_days(person.territory, person.pathway, kind)
                if person.due[kind] - (rhythm.interval - held) <= self.day:
                    priority = int(self.rules.of_contact(kind, "priority"))
                    unique = person.id * len(Contact) + kind
                    queue.append(((priority, person.due[kind], unique), person, kind))
        queue.sort(key=lambda entry: entry[0])
        missed = [person for _, person, kind in queue if self.meet(person, kind)]
        for person in served:
            self.close_books(person)
        return missed

    def end_follow_up(self, person: Person) -> None:
        """Follow-up that reached its last day."""
        if not person.home.is_paid:
            self.close_support(person)
            return
        self.say(Record.FOLLOW_UP_ENDED, person)
        person.return_to_support(self.rules, self.day)

    def let_lapse(self, person: Person, kind: Contact) -> None:
        """What was not held within one interval is never held."""
        due, interval = person.due[kind], self.rhythm(person, kind).interval
        if self.day >= due + interval:
            self.say(Record.CONTACT_NEVER_HELD, person, detail=kind, origin=due)
            person.due[kind] = due + (self.day - due) // interval * interval
            person.postponed.discard(kind)

    def meet(self, person: Person, kind: Contact) -> bool:
        """A contact, if everyone who attends has the minutes; True if the person is absent."""
        if person.support not in CARED_FOR or kind not in person.kinds:
            return False
        rhythm = self.rhythm(person, kind)
        attending = [person.posts[position] for position in rhythm.attendance]
        if any(self.minutes[post] < rhythm.minutes for post in attending):
            return False
        person.postponed.discard(kind)
        if self.stays_away(person, kind):
            self.miss(person, kind, attending, rhythm)
            return True
        self.hold(person, kind, attending, rhythm)
        return False

    def stays_away(self, person: Person, kind: Contact) -> bool:
        """Whether the person does not come this time."""
        chance = self.rules.of_contact(kind, "no_show_share")
        if person.home.suspended_until > 0:
            chance *= self.rules.number("effects.sanction_no_show_multiplier")
        drawn = person.chance.uniform(Decision.CONTACT_ATTENDANCE + kind, person.attempts)
        person.attempts += 1
        return drawn < min(chance, 1.0)

    def serve_who_waits(self, waiting: list[Person]) -> None:
        """Light contacts of those who wait for a caseworker, in the order of the list."""
        kind = Contact.CONTACT
        for person in waiting:
            if person.support != Support.WAITING_CASEWORKER or person.due[kind] > self.day:
                continue
            where = (person.territory, person.pathway)
            post = self.freest(person.territory, self.rules.roles_of(person.pathway)[0])
            minutes, due = self.rules.rhythm(*where, kind).minutes, person.due[kind]
            if post is None or self.minutes[post] < minutes:
                continue
            days = int(self.rules.of_pathway(*where, "waiting_contact_days"))
            is_absent = self.stays_away(person, kind)
            if is_absent:
                minutes = int(minutes * self.rules.of_contact(kind, "missed_minutes_share"))
                days = min(days, self.rules.at(person.territory, "intake.reinvitation_days"))
            self.use([post], minutes, is_promised=True)
            person.due[kind] = self.day + days
            said = Record.CONTACT_MISSED if is_absent else Record.CONTACT_HELD
            self.say(said, person, detail=kind, value=minutes, origin=due)
            if not is_absent:
                person.met_on = self.day + 1

    def miss(self, person: Person, kind: Contact, attending: list[int], rhythm: Rhythm) -> None:
        """A no-show costs a share of the minutes and counts as a breach."""
        share = self.rules.of_contact(kind, "missed_minutes_share")
        spent = int(rhythm.minutes * share)
        self.use(attending, spent, is_promised=kind not in KINDS_OF_RHYTHM)
        again = self.rules.at(person.territory, "intake.reinvitation_days")
        total, due = spent * len(attending), person.due[kind]
        person.due[kind] = self.day + min(rhythm.interval, again)
        person.breaches = min(person.breaches + 1, HIGHEST_COUNT)
        self.say(Record.CONTACT_MISSED, person, detail=kind, value=total, origin=due)

    def hold(self, person: Person, kind: Contact, attending: list[int], rhythm: Rhythm) -> None:
        """The contact takes place, with what it brings."""
        self.use(attending, rhythm.minutes, is_promised=kind not in KINDS_OF_RHYTHM)
        total, due = rhythm.minutes * len(attending), person.due[kind]
        person.due[kind] = self.day + rhythm.interval
        self.say(Record.CONTACT_HELD, person, detail=kind, value=total, origin=due)
        person.met_on = self.day + 1
        if kind == Contact.CONTRACT:
            self.sign(person)
        elif kind == Contact.APPOINTMENT:
            self.prescribe(person)
            if self.day >= person.review_on:
                self.review(person)
        home = person.home
        repays = self.rules.has_in_ladder("repaid_on_remobilisation")
        if home.suspended_until > 0 and repays:
            self.say_of_home(Record.SUSPENSION_ENDED, home, 0, 0, home.suspended_until)
            home.suspended_until = 0

    def sign(self, person: Person) -> None:
        """The engagement contract; only the first since orientation is recorded."""
        since = person.oriented_on
        if person.contract_on == 0 or person.contract_on < since:
            days = self.day - since
            self.say(Record.ENGAGEMENT_CONTRACT_SIGNED, person, value=days, origin=since)
        person.contract_on = self.day

    def prescribe(self, person: Person) -> None:
        """Places in actions against barriers seen and present; then in activity."""
        rules, parameters = self.rules, self.rules.regime.parameters
        labels, barriers = rules.regime.labels("actions"), rules.regime.labels("barriers")
        against = [barriers.index(parameters.word(f"actions.{a}.barrier")) for a in labels]
        neighbours = [p for p in self.people if p.territory == person.territory]
        needs = (person.seen & person.barriers) - {against[action] for action in person.actions}
        for action, barrier in enumerate(against):
            held = sum(action in neighbour.actions for neighbour in neighbours)
            places = rules.at(person.territory, f"action_places.{labels[action]}")
            if barrier in needs and held < places:
                person.actions.add(action)
                needs.discard(barrier)
                self.say(Record.ACTION_STARTED, person, detail=action)
        where = (person.territory, person.pathway)
        is_waived = bool(person.seen & rules.waiving_barriers)
        if person.activity_since > 0 or person.job >= 0 or is_waived:
            return
        held = sum(p.activity_since > 0 and p.pathway == person.pathway for p in neighbours)
        has_place = held < rules.of_pathway(*where, "activity_places")
        if has_place and rules.of_pathway(*where, "activity_hours") > 0.0:
            person.activity_since = self.day
            self.say(Record.ACTIVITY_STARTED, person)

    def review(self, person: Person) -> None:
        """A new assessment; another pathway means another queue."""
        where = (person.territory, person.pathway)
        person.review_on = self.day + self.rules.days(*where, "review_months")
        pathway = self.pathway_of(person, self.assess(person), is_review=True)
        if pathway != person.pathway:
            self.say(Record.PATHWAY_SWITCHED, person, detail=pathway)
            self.close_support(person)
            person.pathway = pathway
            self.wait_for_caseworker(person)

    def close_books(self, person: Person) -> None:
        """Count once what was due and not held; plan the next look."""
        if person.support not in CARED_FOR:
            return
        for kind in person.kinds:
            due = person.due[kind]
            if due <= self.day and kind not in person.postponed:
                person.postponed.add(kind)
                self.say(Record.CONTACT_POSTPONED, person, detail=kind, origin=due)
        person.plan_look(self.rules, self.day, was_looked_at=True)

    def answer_for_breaches(self, person: Person) -> None:
        """Whoever reached the threshold may be sanctioned; without a procedure all is forgotten."""
        opens = self.rules.has_in_ladder("opens_procedure")
        if opens and person.breaches < self.rules.number("sanctions.breach_threshold"):
            return
        person.breaches = 0
        drawn = person.chance.uniform(Decision.SANCTION, person.attempts)
        share = self.rules.number("sanctions.application_share")
        if opens and person.home.is_paid and drawn < share:
            self.sanction(person)

    def sanction(self, person: Person) -> None:
        """One step up the ladder; on repeat, possibly struck off."""
        home, rules = person.home, self.rules
        home.stage = min(home.stage + 1, HIGHEST_COUNT)
        stage = "first" if home.stage <= 1 else "repeat"
        per_mille = int(rules.of_ladder(f"{stage}_share") * PER_MILLE + 0.5)
        if home.persons > 1:
            cap = int(rules.of_ladder("family_cap_share") * PER_MILLE + 0.5)
            per_mille = min(per_mille, cap)
        days = int(rules.of_ladder(f"{stage}_months") * DAYS_PER_MONTH + 0.5)
        home.suspended_until = max(home.suspended_until, self.day + days)
        step = min(home.stage, HIGHEST_RECORDED_STAGE)
        self.say(Record.SANCTIONED, person, detail=step, value=per_mille)
        is_repeat = home.stage >= rules.of_ladder("stages_before_deregistration")
        drawn = person.chance.uniform(Decision.DEREGISTRATION, person.attempts)
        if is_repeat and drawn < rules.number("sanctions.deregistration_share"):
            home.stage = 0
            reason, days = int(ExitReason.DEREGISTERED), self.day - home.since
            self.say_of_home(Record.EXIT, home, reason, days, home.since)
            for member in home.people:
                self.close_support(member)
            home.is_paid, home.since, home.suspended_until = False, self.day, 0

    def note_rhythm(self, days: int) -> None:
        """Contacts that the promised rhythm asks for, in thousandths."""
        for territory in self.territories:
            for pathway in range(len(self.rules.regime.labels("pathways"))):
                here = [p for p in self.people if (p.territory, p.pathway) == (territory, pathway)]
                supported = sum(p.support == Support.SUPPORTED for p in here)
                followed = sum(p.support == FOLLOWED for p in here)
                counts = dict.fromkeys(KINDS_OF_SUPPORT[:2], supported)
                counts[Contact.FOLLOW_UP] = followed
                waiting = sum(p.support == Support.WAITING_CASEWORKER for p in here)
                for kind, people in counts.items():
                    interval = self.rules.rhythm(territory, pathway, kind).interval
                    asked = people * days * PER_MILLE // interval
                    if kind == Contact.CONTACT:
                        apart = self.rules.of_pathway(territory, pathway, "waiting_contact_days")
                        asked += waiting * days * PER_MILLE // int(apart)
                    if asked > 0:
                        self.say_of_office(Record.CONTACT_DUE, territory, pathway, kind, asked)
