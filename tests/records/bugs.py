"""Bugs as Bugzilla's REST interface answers them, made by hand: one clean, and each of the others with one fault.

All people and CAs are invented. The shape, the order of fields apart, is that of a server's answers."""

import copy
import datetime

CA = "incidents@ca.example"
MOZILLA = "rootstore@mozilla.example"
CHROME = "rootstore@chrome.example"
COMMUNITY = "reader@people.example"

ROSTER = """roster: 1
people:
  rootstore@mozilla.example: {role: root-program, name: Mozilla}
  rootstore@chrome.example: {role: root-program, name: Chrome}
  reader@people.example: {role: community}
"""

REPORT = """# Full Incident Report

## Summary

* **CA Owner CCADB unique ID:** A000000
* **Incident description:** Ten certificates named a CRL that was not served.
* **Timeline summary:**
   * **Non-compliance start date:** 2026-04-01
   * **Non-compliance identified date:** 2026-05-04
   * **Non-compliance end date:** 2026-05-05
* **Relevant policies:** TLS BR 7.1.2.7
* **Source of incident disclosure:** Self Reported

## Impact

* **Total number of certificates:** 10
* **Total number of "remaining valid" certificates:** 0
* **Affected certificate types:** TLS
* **Incident heuristic:** the name of the CRL
* **Was issuance stopped in response to this incident, and why or why not?:** Yes, until the profile was mended.
* **Analysis:** N/A
* **Additional considerations:** N/A

## Timeline

All times are UTC.

* 2026-05-04 08:10 We became aware of the incident.
* {disclosed} We filed the preliminary incident report in Bugzilla.
* 2026-05-05 10:00 All affected certificates were revoked.
"""


def stamp(text):
    return datetime.datetime.strptime(text, "%Y-%m-%d %H:%M:%S").strftime("%Y-%m-%dT%H:%M:%SZ")


class Bug:
    def __init__(self, number=1):
        self.number = number
        self.comments, self.history, self.attachments = [], [], []
        self.assignee, self.creator = CA, CA
        self.whiteboard = "[ca-compliance] [crl-failure]"
        self.status, self.resolution = "ASSIGNED", ""
        self.summary = "Example CA: CRL that was not served"
        self.hidden = 0

    def comment(self, when, who, text, count=None, **more):
        count = len(self.comments) + self.hidden if count is None else count
        self.comments.append({"id": 1000 * self.number + count, "bug_id": self.number, "count": count, "text": text, "raw_text": text,
                              "creator": who, "author": who, "time": stamp(when), "creation_time": stamp(when),
                              "is_private": False, "attachment_id": None, "tags": [], "reactions": {}, **more})
        return self

    def hide(self):
        """A private comment: nobody outside sees it, and its number is missing."""
        self.hidden += 1
        return self

    def change(self, when, who, field, removed, added):
        self.history.append({"when": stamp(when), "who": who,
                             "changes": [{"field_name": field, "removed": removed, "added": added}]})
        if field in ("whiteboard", "status", "resolution"):
            setattr(self, field, added)
        return self

    def whiteboard_set(self, when, who, added):
        return self.change(when, who, "whiteboard", self.whiteboard, added)

    def fields(self):
        times = [each["time"] for each in self.comments] + [each["when"] for each in self.history]
        return {"id": self.number, "alias": None, "summary": self.summary, "status": self.status, "resolution": self.resolution,
                "is_open": not self.resolution, "is_confirmed": True, "product": "CA Program",
                "component": "CA Certificate Compliance", "whiteboard": self.whiteboard, "keywords": [], "groups": [],
                "creation_time": self.comments[0]["time"], "last_change_time": max(times), "creator": self.creator,
                "creator_detail": {"id": 12, "name": self.creator, "email": self.creator, "nick": "x", "real_name": ""},
                "assigned_to": self.assignee, "qa_contact": "", "cc": [], "flags": [], "depends_on": [], "blocks": [],
                "dupe_of": None, "see_also": [], "cf_last_resolved": None, "comment_count": len(self.comments) + self.hidden,
                "unknown_to_everybody": {"x": [1, 2.5, None]}}

    def answer(self):
        """All of it in one answer."""
        return {"faults": [], "bugs": [{**self.fields(), "comments": self.comments, "history": self.history,
                                        "attachments": self.attachments}]}

    def answers(self):
        """As separate answers."""
        key = str(self.number)
        return {"bug.json": {"faults": [], "bugs": [self.fields()]},
                "comment.json": {"comments": {}, "bugs": {key: {"comments": self.comments}}},
                "history.json": {"bugs": [{"id": self.number, "alias": None, "history": self.history}]},
                "attachment.json": {"attachments": {}, "bugs": {key: self.attachments}}}


PRELIMINARY = """# Preliminary Incident Report

## Summary

* **Incident description:** Ten certificates named a CRL that was not served.
* **Relevant policies:** TLS BR 7.1.2.7
* **Source of incident disclosure:** Self Reported
"""


def filed(disclosed="2026-05-05 16:00"):
    bug = Bug().comment("2026-05-05 16:00:00", CA, PRELIMINARY)
    return bug.comment("2026-05-12 15:00:00", CA, REPORT.format(disclosed=disclosed))


def asked(bug=None):
    """A question; a Next update date keeps the periodic updates out of it."""
    return next_update(bug or filed()).comment("2026-05-13 09:00:00", MOZILLA, "Why was the CRL not served?")


def reply(bug, when, to=2):
    return bug.comment(when, CA, f"(In reply to Root Store from comment #{to})\n> Why was the CRL not served?\n\nThe host was down.")


def closed(bug):
    bug.change("2026-05-26 12:00:00", MOZILLA, "status", "ASSIGNED", "RESOLVED")
    return bug.change("2026-05-26 12:00:00", MOZILLA, "resolution", "", "FIXED")


BUGS = {
    "clean": lambda: closed(reply(asked(), "2026-05-19 12:00:00")),
    "answer-on-the-last-second": lambda: closed(reply(asked(), "2026-05-20 09:00:00")),
    "answer-late-by-one-second": lambda: closed(reply(asked(), "2026-05-20 09:00:01")),
    "answer-missing": lambda: asked().comment("2026-05-30 09:00:00", COMMUNITY, "Nothing has happened here."),
    "answer-perhaps": lambda: asked().comment("2026-05-14 09:00:00", CA, "The certificates were revoked on 2026-05-05."),
    "update-on-the-last-second": lambda: closed(filed().comment("2026-05-19 15:00:00", CA, "We have nothing new to tell.")
                                                .comment("2026-05-20 16:00:00", CA, "Still nothing new.")),
    "update-late-by-one-second": lambda: closed(filed().comment("2026-05-19 15:00:01", CA, "We have nothing new to tell.")
                                                .comment("2026-05-20 16:00:00", CA, "Still nothing new.")),
    "next-update-by-a-root-program": lambda: filed().whiteboard_set(
        "2026-05-13 10:00:00", MOZILLA, "[ca-compliance] [crl-failure] Next update 2026-06-15"),
    "next-update-by-the-ca-itself": lambda: filed().whiteboard_set(
        "2026-05-13 10:00:00", CA, "[ca-compliance] [crl-failure] Next update 2026-06-15"),
    "next-update-by-nobody-known": lambda: filed().whiteboard_set(
        "2026-05-13 10:00:00", "x@mozilla.com", "[ca-compliance] [crl-failure] Next update 2026-06-15"),
    "next-update-ambiguous": lambda: filed().whiteboard_set(
        "2026-05-13 10:00:00", MOZILLA, "[ca-compliance] [crl-failure] Next update 3-1-2026"),
    "next-update-beside-other-letters": lambda: filed().whiteboard_set(
        "2026-05-13 10:00:00", MOZILLA, "[ca-compliance] [crl-failure] – Next update 2026-06-15"),
    "question-edited-later": lambda: closed(reply(asked_and_edited(), "2026-05-22 09:00:00")),
    "private-gap": lambda: asked().hide().comment("2026-05-30 09:00:00", COMMUNITY, "Nothing has happened here."),
    "filing-told-a-day-early": lambda: closed(reply(asked(filed("2026-05-04 16:00")), "2026-05-19 12:00:00")),
    "filing-told-to-the-minute": lambda: closed(reply(asked(filed_at("2026-05-05 16:00:59")), "2026-05-19 12:00:00")),
    "promise-kept-perhaps": lambda: filed().comment("2026-05-13 09:00:00", CA, "We will post an update by 2026-05-18.")
                                           .comment("2026-05-18 09:00:00", CA, "The host is mended."),
    "promise-without-a-post": lambda: filed().comment("2026-05-13 09:00:00", CA, "We will post an update within 2 days.")
                                             .comment("2026-05-29 09:00:00", COMMUNITY, "I am waiting for it."),
    "promise-for-the-end-of-next-week": lambda: filed().comment(
        "2026-05-13 09:00:00", CA, "We will provide an update by the end of next week.")
        .comment("2026-05-23 12:00:00", CA, "Here is the update."),
    "promise-with-a-condition": lambda: filed().comment(
        "2026-05-13 09:00:00", CA, "We will post an update within 2 days if our auditor agrees.")
        .comment("2026-05-29 09:00:00", COMMUNITY, "I am waiting for it."),
    "amount-of-something-else": lambda: filed().comment(
        "2026-05-13 09:00:00", CA, "We will share details of what was issued within 2 days of the incident.")
        .comment("2026-05-29 09:00:00", COMMUNITY, "I am waiting for it."),
    "acknowledged-without-a-date": lambda: asked().comment(
        "2026-05-14 09:00:00", CA, "(In reply to Root Store from comment #2)\n> Why?\n\nWe are looking into it.")
        .comment("2026-05-30 09:00:00", COMMUNITY, "Nothing has happened here."),
    "acknowledged-with-a-date": lambda: asked().comment(
        "2026-05-14 09:00:00", CA, "(In reply to Root Store from comment #2)\n> Why?\n\nWe will respond by 2026-06-20.")
        .comment("2026-05-30 09:00:00", COMMUNITY, "Nothing has happened here."),
    "one-of-two-needinfos-cleared": lambda: two_requests(),
    "question-off-topic": lambda: tagged(asked()).comment("2026-05-30 09:00:00", COMMUNITY, "Nothing has happened here."),
    "question-of-a-robot": lambda: filed().comment(
        "2026-05-13 09:00:00", "release-mgmt-account-bot@mozilla.tld", "The severity is not set. Could you have a look please?")
        .comment("2026-05-30 09:00:00", COMMUNITY, "Nothing has happened here."),
    "assigned-to-a-root-program": lambda: assigned_to(asked(), "somebody@mozilla.org").comment(
        "2026-05-30 09:00:00", "somebody@mozilla.org", "Nothing has happened here."),
    "update-that-looks-like-triage": lambda: closed(filed().comment(
        "2026-05-18 15:00:00", "second@elsewhere.example", "We are setting up another host.")
        .comment("2026-05-24 15:00:00", CA, "The host is mended.")),
    "update-that-looks-like-a-question": lambda: closed(filed().comment(
        "2026-05-18 15:00:00", "second@elsewhere.example", "Another host is set up. Is anything else needed?")
        .comment("2026-05-24 15:00:00", CA, "The host is mended.")),
    "question-by-a-domain": lambda: asked_by("reviewer@google.com"),
    "question-to-somebody-else": lambda: asked_of(MOZILLA),
    "question-to-the-ca": lambda: asked_of(CA),
    "question-quoted": lambda: waiting(next_update(filed()).comment(
        "2026-05-13 09:00:00", COMMUNITY, 'The text asks "What went wrong?" and answers it.')),
    "question-of-everybody": lambda: waiting(next_update(filed()).comment(
        "2026-05-13 09:00:00", COMMUNITY, "Why do we even have rules?")),
    "request-without-a-question-mark": lambda: waiting(next_update(filed()).comment(
        "2026-05-13 09:00:00", MOZILLA, "Please describe why the CRL was not served.")),
    "reply-that-answers-nothing": lambda: waiting(asked().comment(
        "2026-05-14 09:00:00", CA, "(In reply to Root Store from comment #2)\n> Why was the CRL not served?\n\nOur colleagues are reviewing this.")),
    "needinfo-of-somebody-else-cleared": lambda: cleared_of(MOZILLA),
    "attachment-without-words": lambda: attached(next_update(filed())),
    "reply-that-only-promises": lambda: waiting(asked().comment(
        "2026-05-14 09:00:00", CA, "(In reply to Root Store from comment #2)\n> Why was the CRL not served?\n\nA full explanation will follow.")),
    "question-in-reply-to-somebody-else": lambda: waiting(next_update(filed()).comment(
        "2026-05-13 09:00:00", MOZILLA, "This looks like a violation of section 4.9.7.").comment(
        "2026-05-14 09:00:00", COMMUNITY, "(In reply to Root Store from comment #2)\n> section 4.9.7\n\nIs that the right section?")),
    "last-call-with-a-question-mark": lambda: waiting(next_update(filed()).comment(
        "2026-05-13 09:00:00", MOZILLA, "Are there any further comments? Otherwise I will close this.")),
    "assigned-to-whoever-closed-it": lambda: fixed_by_assignee(),
    "question-taken-back": lambda: waiting(asked().comment("2026-05-13 10:00:00", MOZILLA, "Never mind, I found it.")),
    "question-whose-flag-was-taken-back": lambda: flag_taken_back(),
    "question-asked-again": lambda: waiting(asked().comment("2026-05-14 09:00:00", MOZILLA, "To be precise: why, and since when?").comment(
        "2026-05-16 09:00:00", CA, "(In reply to Root Store from comment #3)\n> why, and since when?\n\nThe host was down since April.")),
    "promise-told-of-subscribers": lambda: waiting(filed().comment(
        "2026-05-13 09:00:00", CA, "We told our subscribers that we will provide an update within 24 hours.")),
    "promise-for-tomorrow-in-the-east": lambda: waiting(filed().comment(
        "2026-05-13 23:30:00", CA, "We will post an update tomorrow.").comment("2026-05-15 14:00:00", CA, "Here it is.")),
    "promise-for-two-dates": lambda: waiting(filed().comment(
        "2026-05-13 09:00:00", CA, "We will post an update by 2026-05-20 or 2026-05-27.").comment("2026-05-26 09:00:00", CA, "Here it is.")),
    "nobody-assigned": lambda: unassigned(filed()),
}


def next_update(bug):
    return bug.whiteboard_set("2026-05-12 17:00:00", MOZILLA, "[ca-compliance] [crl-failure] Next update 2026-06-15")


def waiting(bug):
    return bug.comment("2026-05-30 09:00:00", COMMUNITY, "Nothing has happened here.")


def asked_by(login):
    return waiting(next_update(filed()).comment("2026-05-13 09:00:00", login, "Why was the CRL not served?"))


def asked_of(login):
    bug = next_update(filed()).comment("2026-05-13 09:00:00", COMMUNITY, "A look at this is needed.")
    return waiting(bug.change("2026-05-13 09:00:00", COMMUNITY, "flagtypes.name", "", f"needinfo?({login})"))


def attached(bug):
    """The CA answers with an attachment alone."""
    bug.comment("2026-05-13 09:00:00", MOZILLA, "A list of the hosts is needed.")
    bug.change("2026-05-13 09:00:00", MOZILLA, "flagtypes.name", "", f"needinfo?({CA})")
    bug.comment("2026-05-14 09:00:00", CA, "", attachment_id=77)
    bug.comments[-1]["text"] = "Created attachment 77\nhosts.csv"
    return waiting(bug.change("2026-05-14 09:00:00", CA, "flagtypes.name", f"needinfo?({CA})", ""))


def fixed_by_assignee():
    """Only who may edit all bugs can close one as fixed, and CAs can seldom."""
    bug = assigned_to(asked(), "triage@elsewhere.example").comment("2026-05-14 09:00:00", "triage@elsewhere.example", "There is nothing to add.")
    bug.change("2026-05-26 12:00:00", "triage@elsewhere.example", "status", "ASSIGNED", "RESOLVED")
    return bug.change("2026-05-26 12:00:00", "triage@elsewhere.example", "resolution", "", "FIXED")


def flag_taken_back():
    bug = asked().change("2026-05-13 09:00:00", MOZILLA, "flagtypes.name", "", f"needinfo?({CA})")
    return waiting(bug.change("2026-05-14 09:00:00", MOZILLA, "flagtypes.name", f"needinfo?({CA})", ""))


def cleared_of(login):
    """The CA asks a root program, and clears its own flag again; the question before stays open."""
    bug = asked()
    bug.change("2026-05-13 09:00:00", MOZILLA, "flagtypes.name", "", f"needinfo?({CA})")
    bug.comment("2026-05-19 09:00:00", CA, "The host is mended.")
    return waiting(bug.change("2026-05-19 09:00:00", CA, "flagtypes.name", f"needinfo?({login})", ""))


def asked_and_edited():
    bug = next_update(filed())
    return bug.comment("2026-05-13 09:00:00", MOZILLA, "Why was the CRL not served?", edit_count=1,
                       last_change_time="2026-05-16T09:00:00Z")


def filed_at(when):
    bug = filed()
    bug.comments[0]["time"] = bug.comments[0]["creation_time"] = stamp(when)
    return bug


def assigned_to(bug, login):
    bug.assignee = login
    return bug


def unassigned(bug):
    return assigned_to(bug, "nobody@mozilla.org")


def tagged(bug):
    bug.comments[-1]["tags"] = ["off-topic"]
    return bug


def two_requests():
    """Two ask for information; one of the two flags is cleared with a post that names neither."""
    bug = asked()
    bug.change("2026-05-13 09:00:00", MOZILLA, "flagtypes.name", "", f"needinfo?({CA})")
    bug.comment("2026-05-14 09:00:00", CHROME, "Which profiles name the host?")
    bug.change("2026-05-14 09:00:00", CHROME, "flagtypes.name", "", f"needinfo?({CA})")
    bug.comment("2026-05-19 09:00:00", CA, "The host was down.")
    bug.change("2026-05-19 09:00:00", CA, "flagtypes.name", f"needinfo?({CA})", "")
    return bug.comment("2026-05-30 09:00:00", COMMUNITY, "Nothing has happened here.")


def made(name):
    return copy.deepcopy(BUGS[name]())


# ---- action items and revocations, from post to post

ITEMS = """
## Action Items

| Action Item | Kind | Corresponding Root Cause(s) | Evaluation Criteria | Due Date | Status |
| --- | --- | --- | --- | --- | --- |
"""


def with_items(*rows):
    """The report with action items: what, due, status."""
    table = "".join(f"| {what} | Prevent | Contributing Factor 1 | Shown in this bug | {due} | {status} |\n" for what, due, status in rows)
    return REPORT.format(disclosed="2026-05-05 16:00") + ITEMS + table


def two_reports(when, first, second):
    bug = Bug().comment("2026-05-05 16:00:00", CA, PRELIMINARY).comment("2026-05-12 15:00:00", CA, with_items(*first))
    return bug.comment(when, CA, with_items(*second))


GATE, ALERT, AUDIT = "Compare every profile before a migration", "Alert when a CRL is not served", "Have the auditor look at the hosts"


def changed(when):
    return two_reports(when, [(GATE, "2026-06-30", "Ongoing")], [(GATE, "2026-06-30", "Complete")])


def passed(when):
    """A due date that passes; its day ends last at UTC-12, at 2026-05-15 12:00:00 UTC."""
    bug = Bug().comment("2026-05-05 16:00:00", CA, PRELIMINARY)
    bug.comment("2026-05-12 15:00:00", CA, with_items((GATE, "2026-05-14", "Ongoing"), (AUDIT, "2026-08-14", "Ongoing")))
    return bug.comment(when, CA, "We are still at work.")


def delayed(second, by_roster=True, title="Example CA: Delayed revocation of 4,000 certificates"):
    """A delay, and how far it came; the roster of bug 2 says of its comments 2 and 3 what they are."""
    bug = Bug(2 if by_roster else 1)
    bug.summary, bug.whiteboard = title, "[ca-compliance] [leaf-revocation-delay]"
    bug.comment("2026-05-05 16:00:00", CA, PRELIMINARY)
    bug.comment("2026-05-12 15:00:00", CA, REPORT.format(disclosed="2026-05-05 16:00"))
    bug.comment("2026-05-19 15:00:00", CA, "We have revoked 1,203 of 4,000 certificates; 2,797 remain.")
    return bug.comment(second, CA, "We have revoked 3,000 of 4,000 certificates; 1,000 remain.")


ROSTER += """comments:
  "2": {"2": {kind: revocation-progress}, "3": {kind: revocation-progress}}
"""

BUGS |= {
    "action-item-told-on-the-last-second": lambda: changed("2026-05-15 15:00:00"),
    "action-item-told-perhaps-late": lambda: changed("2026-05-15 15:00:01"),
    "action-item-due-date-passed": lambda: passed("2026-05-18 11:59:59"),
    "action-item-due-date-passed-and-late": lambda: passed("2026-05-18 12:00:00"),
    "action-items-followed": lambda: two_reports(
        "2026-05-14 15:00:00", [(GATE, "2026-06-30", "Ongoing"), (ALERT, "2026-05-13", "Ongoing")],
        [(GATE + ".", "2026-09-30", "Delayed"), (AUDIT, "2026-08-31", "Ongoing")]),
    "revocation-progress-on-the-last-second": lambda: delayed("2026-05-26 15:00:00"),
    "revocation-progress-late-by-one-second": lambda: delayed("2026-05-26 15:00:01"),
    "revocation-progress-by-words": lambda: delayed("2026-05-29 15:00:00", by_roster=False),
    "revocation-delay-by-its-tag-alone": lambda: delayed("2026-05-29 15:00:00", title="Example CA: CRL that was not served"),
}
