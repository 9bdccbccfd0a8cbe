// What `cita verify` adds to the judgements: the claims beside what they are held against, and the ledgers.
#pragma once

#include <cita/output/check_report.hpp>
#include <cita/output/terminal.hpp>
#include <cita/reconcile/verification.hpp>

#include <string>

namespace cita {

/// For people: claims that do not agree in full, the others counted; then each question, promise and followed action item.
std::string verification_text(const Verification& verification, const Incident& incident, const TextStyle& style);

/// "https://bugzilla.mozilla.org/show_bug.cgi?id=1619359#c4"; empty where no comment shows it.
std::string permalink(const Incident& incident, const Verification& verification, int event);

/// A telling of an event as it was written, and read: "2026-02-26 19:15 UTC".
std::string told_words(const Event& event, int telling);

/// How a question or a promise stands: "answered 2026-…, 2 d to spare", "open since …, 1 d late".
std::string entry_words(const QuestionEntry& entry, const Incident& incident);
std::string entry_words(const PromiseEntry& entry, const Incident& incident);
std::string entry_words(const ActionItemEntry& entry, const Incident& incident);

/// "the account 'reporter' (mail of 2026-02-26)".
std::string teller(const Incident& incident, int account);

}  // namespace cita
