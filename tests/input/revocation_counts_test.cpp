// How far a revocation has come, by the words of a post.
#include <cita/input/revocation_counts.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace cita;

namespace {

std::string count(const std::string& text) {
  const Source source("comment", text);
  const auto found = find_revocation_count(source);
  if (!found) return "none";
  return std::to_string(found->done) + "/" + std::to_string(found->of) + (found->is_of_another_day ? ", another day" : "");
}

}  // namespace

TEST_CASE("a sentence that says that so many have been revoked counts") {
  for (const char* each : {"We have revoked 9 of 10 certificates",
                           "9 of the 10 certificates have been revoked.",
                           "9 of 10 have been revoked!",
                           "9 / 10 revoked",
                           "9 out of the 10 were revoked.",
                           "revoked: 9 of 10",
                           "Certificates revoked: 9 of 10",
                           "* **Revoked certificates:** 9 of 10 (90 %)",
                           "- Certificates revoked so far: 9 of 10 certs",
                           "Number of revoked certificates = 9 of 10",
                           "Revocation: 9 certificates of 10.",
                           "9 of 10 are revoked",
                           "9 of the 10 certificates are now revoked",
                           "9 of 10 leaf certificates revoked.",
                           "So far 9 of 10 affected certificates have been revoked.",
                           "To date, we have successfully revoked 9 of our 10 certificates.",
                           "We have now revoked a total of 9 out of 10 misissued TLS certificates (90.0 %).",
                           "Today we revoked 9 of 10 certificates.",
                           "9 of 10 certificates have been revoked by now.",
                           "We can confirm that 9 of 10 certificates have already been revoked.",
                           "Weekly update: 9 of 10 certificates have been revoked."})
    CHECK_MESSAGE(count(each) == "9/10", each);
  CHECK(count("We have revoked 1,203 of 4,000 certificates.") == "1203/4000");
  CHECK(count("So far 1,234 of 3,000 affected certificates have been revoked") == "1234/3000");
  CHECK(count("Revocation: 840 certificates of 2'098.") == "840/2098");
  CHECK(count("0 of 5 revoked.\n5 of 5 revoked.") == "5/5");
}

TEST_CASE("what follows a count may leave it as it is") {
  CHECK(count("We revoked 4 of 5 certificates; the last will be revoked tomorrow.") == "4/5");
  CHECK(count("We revoked 4 of 5 certificates. The last will be revoked tomorrow.") == "4/5");
  CHECK(count("We revoked 1,200 of 4,000 certificates, and expect to be done tomorrow.") == "1200/4000");
  CHECK(count("4 of 5 certificates (80%) have been revoked, the remaining one follows.") == "4/5");
  CHECK(count("We have revoked 4 of 5 certificates and are working on the last.") == "4/5");
}

TEST_CASE("a sentence that says anything else, or more, counts nothing") {
  for (const char* each :
       {"We will revoke 6 of 10 certificates by Friday.",
        "6 of 10 certificates are planned to be revoked tomorrow.",
        "6 of 10 certificates remain to be revoked.",
        "6 of 10 certificates have not been revoked yet.",
        "We have revoked 4 certificates; 6 remain.",
        "We expect 8 of 10 certificates to be revoked by 12 May.",
        "Correction: we had not revoked 5 of 10 certificates, only 4 of 10 were revoked.",
        "Of the 10 certificates, 6 are still valid and have not been revoked.",
        "A total of 10 certificates are affected. 4 have been revoked, 1 has expired.",
        "40% of certificates have been revoked.",
        "5 of 10 certificates were revoked or expired.",
        "All but 6 of the 10 certificates have been revoked.",
        "We have so far been unable to revoke 6 of 10 certificates because of a court order.",
        "The court order prevents 6 of 10 certificates from being revoked.",
        "9 of 10 revoked certificates had precertificates.",
        "In bug 1900001 we had revoked 9 of 10 certificates.",
        "We contacted 9 of 10 subscribers whose certificates must be revoked.",
        "If 9 of 10 certificates were revoked today, hospitals would close.",
        "> We have revoked 9 of 10 certificates.\n\nThis statement of ours was wrong.",
        "9 of 10 certificates should have been revoked by now; we revoked 4.",
        "Previously we reported that 5 of 10 certificates were revoked; that was an error, it is 4 of 10.",
        "9 of 10 certificates' revocation was scheduled.",
        "Twelve hours ago we started; 9 of 10 certificates are being revoked.",
        "6 out of 10 certificates are awaiting revocation.",
        "0 of 10 certificates were revoked in error; 9 of 10 revocations were confirmed by customers.",
        "Due to the temporary restraining order, 6 of 10 certificates could not be revoked.",
        "Due to the TRO, revocation of 6 of 10 certificates is delayed.",
        "A temporary restraining order keeps us from having 6 of 10 certificates revoked.",
        "The order prohibits that 6 of 10 certificates be revoked before 20 May.",
        "6 of the 10 certificates are pending revocation.",
        "6 of 10 certificates are still pending; all others have been revoked.",
        "6 of 10 certificates are awaiting revocation.",
        "Revocation of 6 of 10 certificates is outstanding.",
        "With the exception of 6 of 10 certificates, all have been revoked.",
        "Except for 6 of the 10 certificates, everything has been revoked.",
        "Apart from 6 of 10 certificates, all were revoked.",
        "Only 6 of 10 certificates are left to revoke.",
        "6 of 10 certificates are due to be revoked on 11 May.",
        "6 of 10 certificates are scheduled for revocation on 11 May.",
        "6 of 10 certificates are to be revoked on 11 May.",
        "We intend to have 9 of 10 certificates revoked by 13 May.",
        "We aim for 9 of 10 certificates being revoked by 13 May.",
        "Our goal is that 9 of 10 certificates are revoked by 13 May.",
        "We expect that 9 of 10 certificates are revoked by 13 May.",
        "By 13 May, 9 of 10 certificates will have been revoked.",
        "In comment 1 we wrote that 9 of 10 certificates had been revoked. That was wrong: it was 4 of 10.",
        "Previously we reported that 9 of 10 certificates were revoked; that was an error, it is 4 of 10.",
        "We erroneously stated that 9 of 10 certificates were revoked.",
        "We incorrectly reported 9 of 10 certificates as revoked.",
        "Contrary to our last comment, it is not true that 9 of 10 certificates have been revoked.",
        "It is not the case that 9 of 10 certificates have been revoked.",
        "Subscribers of 9 of 10 certificates have been informed that their certificates will be revoked.",
        "9 of 10 certificates have been replaced, and 4 have been revoked.",
        "9 of 10 certificates have been replaced and 4 of 10 revoked.",
        "Replacement of 9 of 10 certificates is complete; the old ones are revoked as soon as subscribers install the new.",
        "We checked the status of 9 of 10 revoked certificates by OCSP.",
        "Had we followed our plan, 9 of 10 certificates would have been revoked.",
        "9 of 10 certificates needed to be revoked within 24 hours.",
        "9 of 10 certificates must be revoked by 9 May.",
        "9 of 10 certificates had to be revoked.",
        "9 of 10 certificates require revocation.",
        "9 of 10 certificates are subject to revocation.",
        "9 of 10 certificates are in the process of being revoked.",
        "We failed to get 6 of 10 certificates revoked in time.",
        "We missed the deadline for 6 of 10 certificates, which were not revoked in time.",
        "We asked 9 of 10 subscribers to agree that their certificates be revoked.",
        "The next batch, 9 of 10 certificates, is revoked tomorrow.",
        "Q: Can you confirm that 9 of 10 certificates are revoked? A: No, 4 are.",
        "You asked whether 9 of 10 certificates were revoked. They were not.",
        "9 of 10 certificates were issued before the bug was fixed; 4 were revoked.",
        "9 of 10 certificates are for domains of public bodies and cannot be revoked before 20 May.",
        "We have contacted 12 of 15 subscribers about the revocation.",
        "12 of 15 customers have replaced their certificates; revocation follows.",
        "We completed 12 of 15 tests of the revocation tooling.",
        "3 of 4 action items on faster revocation are complete.",
        "12 of 15 domains named in the revoked certificates belong to one Subscriber.",
        "This comment answers question 11 of 12 about the revocation.",
        "We answered 11 of 12 questions on delayed revocation.",
        "The order of the court of 5 May covers 6 of 10 certificates, for which revocation is on hold.",
        "Revocation of the second batch, 11 of 12, has been completed.",
        "In section 4 of 12 of our CPS revocation is described.",
        "On page 11 of 12 of the CPS, revocation is described.",
        "10 of 10 certificates have been revoked or have expired.",
        "Page 9 of 10 has been revoked.",
        "Batch no. 9 of 10: revoked.",
        "Batch no. 9 of 10 are revoked.",
        "Planned: 9 of 10 certificates revoked",
        "Revocation: 6 of 10 delayed",
        "Revoked or expired: 10 of 10",
        "Certificates to be revoked: 6 of 10",
        "Certificates not revoked: 6 of 10",
        "Almost 9 of 10 certificates have been revoked.",
        "\"9 of 10 certificates have been revoked.\"",
        "Had 9 of 10 certificates been revoked, hospitals would close.",
        "9 of 10 customers have revoked their certificates.",
        "9 of 10 have revoked.",
        "9 of 10 certificates may be revoked.",
        "9 of 10 certificates have been revoked, we wrote.",
        "9 of 10 certificates were revoked by 4 subscribers.",
        "9 of 10 certificates have been revoked, but 5 of them were reinstated.",
        "9 of 10 keys have been revoked.",
        "9 of 10 intermediate certificates have been revoked.",
        "9 of 10 certificates and keys have been revoked.",
        "9 of 10 certificates have been revoked and/or replaced.",
        "We revoked or replaced 9 of 10 certificates.",
        "We have almost revoked 9 of 10 certificates.",
        "We have revoked 9 of 10 certificates of other CAs.",
        "4/10 certificates revoked."})
    CHECK_MESSAGE(count(each) == "none", each);
}

TEST_CASE("what is not done, remains to be done or is to come is no count") {
  for (const char* each : {"We have not revoked 4 of 5 certificates.", "By tomorrow 5 of 5 certificates will be revoked.",
                           "4 of 5 certificates remain to be revoked.", "5 of 5 certificates shall be revoked.",
                           "5 of 5 certificates must be revoked.", "5 of 5 certificates are scheduled for revocation.",
                           "We need to get 5 of 5 certificates revoked.", "5 of 5 certificates are revoked on Friday.",
                           "5 of 5 certificates are revoked today.", "By 12 May, 5 of 5 certificates are revoked.",
                           "12 May: 5 of 5 certificates revoked", "5 of 5 certificates revoked by 12 May 2026",
                           "Certificates revoked by 12 May: 5 of 5"})
    CHECK_MESSAGE(count(each) == "none", each);
}

TEST_CASE("a count of another time than the post's is told so") {
  for (const char* each :
       {"As of 2026-05-05, 3 of 5 certificates were revoked.", "On Friday 3 of 5 certificates were revoked.",
        "3 of 5 certificates had been revoked (by 5 May).", "3 of 5 (60 %) were revoked by 8 May",
        "We revoked 3 of 5 certificates before the 9th.", "At 10:15 UTC 3 of 5 certificates were revoked.",
        "We had revoked 3 of 5 certificates yesterday.", "On May 8, 2026, 3 of 5 certificates were revoked.",
        "* 12:00 3 of 5 certificates have been revoked.", "2026-05-05 10:15 UTC: We have revoked 3 of 5 certificates."})
    CHECK_MESSAGE(count(each) == "3/5, another day", each);
  for (const char* each : {"As of today, 3 of 5 certificates are revoked.", "As of now, 3 of 5 certificates are revoked.",
                           "We learned of it on 2026-05-04. 3 of 5 certificates are revoked. The rest is due on Friday."})
    CHECK_MESSAGE(count(each) == "3/5", each);
}

TEST_CASE("a text that takes something back or asks counts nothing") {
  CHECK(count("9 of 10 certificates were revoked. That was an error.") == "none");
  CHECK(count("9 of 10 certificates were revoked. In fact it was 4 of 10.") == "none");
  CHECK(count("We misreported. 9 of 10 certificates were revoked.") == "none");
  CHECK(count("9 of 10 certificates were revoked. Why not all of them?") == "none");
  CHECK(count("Why so late? 9 of 10 certificates were revoked.") == "none");
  CHECK(count("Why so late?\n\n9 of 10 certificates were revoked.") == "none");
}

TEST_CASE("what a line says may hang on the lines around it") {
  CHECK(count("Our plan:\n- 9 of 10 certificates revoked\n- 10 of 10 certificates revoked") == "none");
  CHECK(count("Our plan:\n\n1. 9 of 10 certificates revoked\n\n2. 10 of 10 certificates revoked") == "none");
  CHECK(count("**In comment 1 we wrote:**\n\nWe have revoked 9 of 10 certificates.") == "none");
  CHECK(count("Our plan:\n- Status:\n- 9 of 10 certificates revoked") == "none");
  CHECK(count("Our plan is done:\n- not much\n\n9 of 10 certificates have been revoked.") == "none");
  CHECK(count("It is not so that\n9 of 10 certificates have been revoked.") == "none");
  CHECK(count("We have revoked 9 of 10 certificates\nor they have expired.") == "none");
  CHECK(count("We have revoked 9 of 10 certificates.\nor so") == "none");
  CHECK(count("Here is our current status:\n\n- Revoked: 9 of 10\n- Expired: 0") == "9/10");
  CHECK(count("Total: 10\nRevoked: 9 of 10\nReplaced: 10 of 10") == "9/10");
  CHECK(count("## Status\n**9 of 10** certificates have been revoked\n\nMore follows.") == "9/10");
}

TEST_CASE("a comment in which any line is not understood counts nothing") {
  for (const char* each :
       {// what is planned
        "### Goal for Friday\n\n- Certificates revoked: 9 of 10", "### Planned\n- Certificates revoked: 9 of 10",
        "## Planned for 12 May\nCertificates revoked: 9 of 10", "**Plan**\n- Certificates revoked: 9 of 10",
        "Schedule\n\n1. Certificates revoked: 9 of 10",
        "Milestones\n1. 9 of 10 certificates revoked\n2. 10 of 10 certificates revoked",
        "Milestones:\n\nSome text between.\n\n10 of 10 certificates revoked", "Target\n\nRevoked: 9 of 10",
        "Expected status on Friday\n\n- Certificates revoked: 9 of 10",
        "Our plan for Friday is as follows.\n\n- 9 of 10 certificates revoked", "Target status: 9 of 10 certificates revoked",
        "Next steps\n* 9 of 10 certificates revoked", "Status on 12 May\n- 9 of 10 certificates revoked",
        "Status by Friday:\n- 9 of 10 certificates are revoked", "To do\n- 9 of 10 certificates revoked",
        "- [ ] 9 of 10 certificates revoked", "- [x] 9 of 10 certificates revoked", "Roadmap - 9 of 10 certificates revoked",
        "_Plan_\n\n9 of 10 certificates are revoked.", "Plan\n====\n9 of 10 certificates are revoked.",
        "Next update on Friday\n- 9 of 10 certificates revoked",
        "We will post an update on Friday.\n- 9 of 10 certificates revoked",
        "We will revoke the rest on Friday. 9 of 10 certificates are revoked.",
        "We revoked 2 of 10 certificates, and expect to be done on Friday.\n9 of 10 certificates are revoked.",
        "We deploy the fix. 9 of 10 certificates are revoked.",
        "1. We deploy the fix.\n2. 9 of 10 certificates are revoked.\n3. We replace the rest.",
        "1) 9 of 10 certificates are revoked.", "1. 9 of 10 certificates are revoked.",
        "By 12 May we have revoked 9 of 10 certificates.", "By Friday 9 of 10 certificates have been revoked.",
        "On Friday\n9 of 10 certificates are revoked.", "9 of 10 certificates are revoked\nby Friday.",
        "We have revoked 9 of 10 certificates and intend to have this done by 12 May",
        "Once the fix is deployed:\n9 of 10 certificates are revoked",
        "9 of 10 certificates are revoked, the rest follows once this step is completed on 12 May",
        "Best case: 9 of 10 certificates revoked",
        // what is supposed, drafted or somebody else's
        "Suppose the following. 9 of 10 certificates have been revoked.",
        "Draft of the next update\n9 of 10 certificates revoked", "Template for updates\n\nWe have revoked 9 of 10 certificates.",
        "The following was published by another CA.\n\n9 of 10 certificates have been revoked.",
        "In the other incident (bug 1900001) this is the status.\n9 of 10 certificates have been revoked.",
        "In bug 1900001 we were slow.\n\nWe had revoked 9 of 10 certificates.", "Bug: 1900001\nRevoked: 9 of 10",
        "# Bug 1900001\nCertificates revoked: 9 of 10", "The current status of our sister CA:\n9 of 10 certificates revoked",
        "Last year's incident\n\n9 of 10 certificates were revoked.",
        "Status of the other incident\n\n9 of 10 certificates were revoked.",
        "> What was planned?\n\n9 of 10 certificates revoked",
        "> How many in the other bug?\n\nWe have revoked 9 of 10 certificates.",
        "(In reply to Jane from comment #3)\nWe have revoked 9 of 10 certificates.",
        "You wrote this in comment 3.\n9 of 10 certificates have been revoked.\nWe disagree.",
        "```\n9 of 10 certificates have been revoked.\n```", "    9 of 10 certificates have been revoked.",
        "\t9 of 10 certificates have been revoked.", "~~9 of 10 certificates have been revoked.~~",
        "<del>\n9 of 10 certificates have been revoked.\n</del>", "<!--\nWe have revoked 9 of 10 certificates.\n-->",
        "Is this what you mean?\n9 of 10 certificates have been revoked.", "| Date | Revoked |\n|---|---|\n| 8 May | 9 of 10 |",
        "A subscriber told us:\n\n9 of 10 certificates have been revoked.",
        // other things
        "Several API keys were leaked. 9 of 10 have been revoked.", "Several API keys were leaked.\n\n9 of 10 have been revoked.",
        "Subscriber accounts: 12 of 15 have been closed. Of their credentials many are gone. 9 of 10 were revoked.",
        "## API keys\n- Revoked: 9 of 10", "# Revocation: 5 of 10", "Second batch\n- Revoked: 9 of 10",
        "Credentials of operators\nRevoked: 9 of 10",
        "We have revoked 9 of 10 certificates. We have revoked 3 of 5 certificates.", "Phase 2. Certificates revoked: 9 of 10",
        // what is taken back
        "We have revoked 9 of 10 certificates. This should have read 4 of 10.", "We have revoked 9 of 10 certificates; read 4.",
        "We have revoked 9 of 10 certificates. That is what we wrote last week, and it was premature.",
        "We have revoked 9 of 10 certificates. That was our statement yesterday; it should read 4.",
        "9 of 10 certificates have been revoked.\n\nThe sentence above in our comment 3 was wrong. 4 of 10 is right.",
        "9 of 10 certificates have been revoked.\n\nAt least, that was the plan.", "9 of 10 certificates have been revoked. Not.",
        "We have revoked 9 of 10 certificates. The last number should be 4.",
        "We have revoked 9 of 10 certificates, the rest is fiction.", "9 of 10 certificates were revoked, leaving nobody harmed",
        "We revoked 9 of 10 certificates in total, the rest",
        "We have revoked 9 of 10 certificates, and will revoke the rest of them unless ordered otherwise"})
    CHECK_MESSAGE(count(each) == "none", each);
}

TEST_CASE("a comment that is understood as a whole counts") {
  for (const char* each :
       {"## Current status\n\n- Certificates revoked: 9 of 10\n- Certificates expired: 0\n\nWe will revoke the remaining "
        "certificate on Friday.",
        "### Revocation status\r\n\r\n9 of 10 certificates have been revoked.\r\n",
        "**Update**\n9 of 10 certificates are revoked.",
        "# Incident report\n\n## Progress\n\nWe have revoked 9 of 10 certificates.",
        "Our current status is as follows.\n- 9 of 10 certificates revoked",
        "Hello all,\n\nwe have revoked 9 of 10 certificates, but the last one is due on Friday.\n\nThe next update follows "
        "tomorrow.",
        "We have revoked 9 of 10 certificates\nand expect to be done tomorrow.",
        "We have revoked 9 of 10 certificates; 1 remains.", "We revoked 9 of 10 certificates, leaving 1 to be revoked.",
        "We revoked 2 of 10 certificates. We have revoked 9 of 10.", "Revoked: 9 of 10. Not yet revoked: 1 of 10.",
        "9 of 10 certificates have been revoked.\n    \nRevocation continues.\n\n***\n\nA full incident report follows by 12 "
        "May."})
    CHECK_MESSAGE(count(each) == "9/10", each);
}

TEST_CASE("what is no count counts nothing") {
  for (const char* each :
       {"We have checked 10 of 20 certificates.", "> we revoked 10 of 20", "revoked on 3 of May", "revoked 20 of 10 certificates",
        "revoked in 2026-05-1 of 20", "revoked 1 of 1", "revoked at 10:15 of 20 certificates", "revoked all", "",
        "1.5 of 20 revoked", "revoked 9 of 10.5", "revoked 9 of 2026-05-10", "revoked 999999999999999 of 9999999999999999",
        "revoked", "revoked:", "revoked: :", "\xE2\x80\x8B\nrevoked 9 of", "***\n---\nrevoked: 9", "9 of 10"})
    CHECK_MESSAGE(count(each) == "none", each);
}
