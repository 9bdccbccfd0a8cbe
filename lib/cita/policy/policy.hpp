// Policies as data: what a document obliges whom to, in which editions, with which citations and open readings.
//
// Views only (string_view, span): the packs of lib/packs are compiled into constant tables, a pack read at run time keeps
// its own storage (see pack_file.hpp). Every date is 00:00:00 UTC of that day; `until` is the first day no longer in force.
#pragma once

#include <cita/model/event_kind.hpp>
#include <cita/model/vocabulary.hpp>
#include <cita/time/limit.hpp>
#include <cita/time/period.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cita {

/// How strongly a document asks. lc_ levels stand in documents that do not invoke RFC 2119; an expectation is a wiki's;
/// a commitment is the CA's own word. Never shown as one another.
enum class RequirementLevel : std::uint8_t {
  must,
  must_not,
  should,
  should_not,
  may,
  lc_must,
  lc_should,
  expectation,
  commitment
};

/// "MUST", "SHOULD", "must (lower case)", "expectation", "commitment".
std::string_view name(RequirementLevel level);

/// The six sorts of duty.
enum class Pattern : std::uint8_t {
  respond,  ///< after a trigger, a discharge within a limit
  recur,    ///< again at least every so often, until a stop
  by_date,  ///< by a date that somebody set
  precede,  ///< one thing before another
  contain,  ///< a report holds elements
  agree,    ///< two statements are equal
};

/// What a duty is judged for, once each.
enum class Per : std::uint8_t { incident, problem_report, certificates, question, action_item, commitment, event };

/// Which event's date picks the edition.
enum class EditionSelector : std::uint8_t { trigger, posting, issuance, revocation, cycle };

/// How well a fact about a document is known. Low and background inform and never condemn.
enum class Confidence : std::uint8_t { high, medium, low, background };

/// What can be asked about an incident before a duty applies to it.
enum class Attribute : std::uint8_t {
  certificates,      ///< tls, ev, smime, code-signing
  certificate_kind,  ///< subscriber, subordinate-ca
  disclosure,        ///< self-reported, third-party-reported, audit
  whiteboard,        ///< revocation-delay
};

enum class ConditionKind : std::uint8_t { always, attribute, all, any, negation };

/// When a duty applies: an attribute with a value, or all, any or none of other conditions.
struct Condition {
  ConditionKind kind = ConditionKind::always;
  Attribute attribute = Attribute::certificates;
  std::string_view value;
  std::span<const Condition> of;
};

/// For whom a verdict is made: who writes the report; who holds it against the record for a root program; who attests what
/// the documents say, by their default readings and without what the author suppressed.
enum class Profile : std::uint8_t { author, reviewer, auditor };
/// "author", "reviewer", "auditor".
std::string_view name(Profile profile);
/// Nothing when there is no such profile.
std::optional<Profile> profile_called(std::string_view name);

/// What an option changes beside the kinds of events that count.
enum class OptionEffect : std::uint8_t {
  nothing_else,
  drops_withdrawn,           ///< what was withdrawn later does not count
  counts_third_party_posts,  ///< what somebody else posts starts a clock of the CA; without the option chosen it does not
};

/// One way to read an open text.
struct ReadingOption {
  std::string_view id;    ///< "holding-reply"
  std::string_view text;  ///< completes "met only if …": "a holding reply counts"
  bool is_default = false;
  bool is_reviewers = false;  ///< what a reviewer takes first, where that is not the default
  OptionEffect effect = OptionEffect::nothing_else;
};

/// A named interpretation where the text is open, with its sources.
struct Reading {
  std::string_view id;
  std::string_view question;
  std::span<const ReadingOption> options;
  std::span<const std::string_view> sources;
  bool fixed = false;  ///< the default is always taken: the others are named, so that everybody sees what is assumed

  const ReadingOption& default_option() const;
  /// What this profile takes first.
  const ReadingOption& option_for(Profile profile) const;
};

/// Event kinds that count (instead of the others) when an option of a reading is chosen.
struct OptionKinds {
  std::string_view reading;
  std::string_view option;
  std::span<const EventKind> kinds;
};

/// Which events start or end a duty.
struct Selector {
  std::span<const EventKind> kinds;
  std::span<const OptionKinds> by_option;
  bool by_ground = false;                    ///< the kind that the asserted reason names (evidence obtained, made aware, …)
  std::span<const std::string_view> missed;  ///< ids of duties whose miss, or announced miss, is the trigger
  std::span<const EventKind> by_then;        ///< what shows that it had happened by then, whenever that was
  std::span<const EventKind> perhaps;        ///< what may be it: a CRL that may list the certificate, or may not
  bool after_trigger = false;  ///< only what does not come before the trigger counts: acts that happen again and again
};

struct Edition {
  Period in_force;
  std::string_view versions;  ///< document versions that hold this text: "1.6.1–2.3.1"
  std::string_view section;
  std::string_view ballot;  ///< or what else brought it
  RequirementLevel level = RequirementLevel::must;
  Limit limit;
  Confidence confidence = Confidence::high;
  std::string_view note;
  std::span<const EventKind> trigger;  ///< when this edition counts from another event than the duty says
  bool short_lived_exempt = false;     ///< Short-lived Subscriber Certificates need not be revoked
  bool closure_stops = false;          ///< a closure report stops the clock until a further question
  bool closure_disputed = false;       ///< … which is not written, but what those who enforce it wanted
  bool next_update_suspends = false;   ///< a recorded Next update date replaces the cadence until that date
  std::string_view elective;           ///< the other text that a CA could follow instead at that time; empty: none
};

struct Duty {
  std::string_view id;  ///< "tls-br.preliminary-report-within-24-hours": without severity and section number
  std::string_view title;
  std::string_view text;  ///< what it says, in our words
  Pattern pattern = Pattern::respond;
  Per per = Per::incident;
  std::string_view who;                   ///< who owes it: "CA"
  std::span<const Addressee> addressees;  ///< each is a duty of its own; empty: nobody in particular
  Condition applies;
  std::string_view reason_table;  ///< for duties that rest on a reason to revoke
  std::string_view tier;          ///< … which of the table's tiers
  Selector trigger;
  Selector discharge;
  Selector stop;                        ///< recur: what ends the series; respond: what leaves open whether it is still owed
  std::span<const EventKind> elements;  ///< contain: what has to be there
  bool expiry_discharges = false;       ///< an expired certificate needs no revocation
  EditionSelector selects_edition = EditionSelector::trigger;
  std::span<const std::string_view> readings;  ///< ids of readings that change its outcome
  std::string_view rule;                       ///< the C++ rule that judges it; empty: the pattern does
  std::string_view example;                    ///< a worked example, one or two sentences
  std::span<const Edition> editions;           ///< in the order of their dates
};

/// Where a reason to revoke stands in one epoch of a document.
struct ReasonItem {
  std::string_view epoch;
  std::string_view tier;  ///< "24h", "5d", "7d"
  int item = 0;           ///< its number in that list
};

struct Reason {
  std::string_view key;  ///< "key-compromise"
  std::string_view meaning;
  std::span<const EventKind> trigger;  ///< what starts its clock
  std::span<const ReasonItem> items;
  std::optional<CrlReason> crl_reason;  ///< required from the table's crl_reasons_from on; unspecified: the extension is left out
  std::string_view note;
};

/// A stretch of versions in which the list keeps its numbers.
struct ReasonEpoch {
  std::string_view id;
  Period in_force;
  std::string_view versions;
  std::string_view section;
  Confidence confidence = Confidence::high;
};

struct ReasonTable {
  std::string_view id;
  std::string_view title;
  std::span<const ReasonEpoch> epochs;
  std::span<const Reason> reasons;
  Instant crl_reasons_from = open_future;

  const Reason* find(std::string_view key) const;
};

/// A published version of a document.
struct DocumentVersion {
  std::string_view version;
  Instant in_force;
  std::string_view ballot;
};

/// Since when, and by which document, a root program binds CAs to a pack.
struct Binding {
  std::string_view program;
  Period in_force;
  std::string_view document;
  std::string_view text;
  std::span<const CertificateUse> certificates;  ///< what the program is about; empty: all
};

/// Which certificates count as short-lived, by issuance; validity counts both ends.
struct ShortLived {
  Period issued;
  Seconds longest{0};
};

struct Pack {
  std::string_view id;
  std::string_view title;
  std::string_view short_title;  ///< "TLS BR"
  std::string_view publisher;
  std::string_view url;
  bool draft = false;
  Instant checked_until = open_future;  ///< facts were checked up to this day
  std::string_view checked_version;
  std::string_view checked_note;
  std::span<const DocumentVersion> versions;
  std::span<const Binding> bindings;  ///< empty: binds every publicly trusted CA
  std::span<const Reading> readings;
  std::span<const ReasonTable> reason_tables;
  std::span<const ShortLived> short_lived;
  std::span<const Duty> duties;
  std::string_view digest;  ///< SHA-256 of the pack's file, lower-case hex

  const DocumentVersion* version_at(Instant instant) const;
  const Reading* reading(std::string_view id) const;
  const ReasonTable* reason_table(std::string_view id) const;
};

std::string_view name(Pattern pattern);
std::string_view name(Per per);
std::string_view name(EditionSelector selector);
std::string_view name(Confidence confidence);
std::string_view name(Attribute attribute);
/// As pack files write them, in the order of the enumerators.
std::span<const std::string_view> level_keys();
std::span<const std::string_view> pattern_keys();
std::span<const std::string_view> per_keys();
std::span<const std::string_view> edition_selector_keys();
std::span<const std::string_view> confidence_keys();
std::span<const std::string_view> attribute_keys();
std::span<const std::string_view> option_effect_keys();
/// The values that an attribute can have.
std::span<const std::string_view> attribute_values(Attribute attribute);

/// Whether two names mean one root program, however they are written: "Mozilla", "mozilla".
bool is_same_program(std::string_view a, std::string_view b);
/// Whether a fact of this confidence informs and does not condemn: low and background do.
bool is_weak(Confidence confidence);
/// Whether a level counts as a MUST: must and must_not do.
bool is_must(RequirementLevel level);
/// Whether a level is expected without being a MUST: lower-case musts, expectations, commitments.
bool is_expected(RequirementLevel level);

}  // namespace cita
