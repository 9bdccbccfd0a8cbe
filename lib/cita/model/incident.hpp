// An incident as it was told: accounts, cases, events with their tellings, and the report's prose. No verdicts.
//
// Everything is in the order of the file. Indices refer into the vectors of one Incident; `none` refers to nothing.
#pragma once

#include <cita/model/event_kind.hpp>
#include <cita/model/vocabulary.hpp>
#include <cita/time/limit.hpp>
#include <cita/time/stamp.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cita {

inline constexpr int none = -1;

/// For which events an account tells everything, and until when.
struct Completeness {
  enum class What : std::uint8_t { own_acts, nothing, listed };
  What what = What::own_acts;    ///< own_acts: what the account's teller itself did (the default)
  std::vector<EventKind> kinds;  ///< when listed
  std::optional<Stamp> until;    ///< up to when; absent: up to as-of
};

/// One source's telling.
struct Account {
  std::string name;  ///< as tellings refer to it
  AccountKind kind = AccountKind::ca;
  std::string from;  ///< where it stands: "bug 1619359 comment 3"
  std::string zone;  ///< of stamps without an offset; empty when nobody states it
  std::optional<int> year;
  Completeness complete;
  std::string person;    ///< who tells it; shown only with consent
  bool consent = false;  ///< whether that person agreed to be named
  Span span;

  /// Whether an event of this kind, had it happened, would be told here.
  bool is_complete_for(EventKind kind) const;
};

/// A time counted from another event: after `after` (by `least` … `most`), and not after `before`.
struct Relative {
  int after = none;   ///< event index
  int before = none;  ///< event index
  std::optional<Limit> least;
  std::optional<Limit> most;
  Unit unit = Unit::day;
};

/// When something was, or is due: a stamp, or a time relative to another event.
struct TimeRef {
  Stamp stamp;
  std::optional<Relative> relative;
};

/// One account's telling of an event.
struct Telling {
  int account = 0;
  bool denied = false;  ///< the account says that it did not happen
  TimeRef at;
  std::optional<TimeRef> stated;  ///< relative: how long after another event the account says that this was, beside its stamp
  Delivery delivery = Delivery::unstated;
  Span span;
};

/// Why a certificate has to be revoked, as somebody asserts it.
struct Ground {
  std::string reason;  ///< a key of the packs' reason tables: "key-compromise"
  Actor by = Actor::ca;
  bool contested = false;  ///< somebody disputes that the facts suffice
  std::string contested_because;
  Span span;
};

/// A court order or the like. It is shown and moves no deadline.
struct Restraint {
  std::string text;
  std::string certificates;  ///< which certificates it names
  TimeRef from;
  std::optional<TimeRef> until;
};

struct Certificate {
  std::string id;  ///< "crt.sh:2455920199", a SHA-256, a serial number: as written
  std::optional<Stamp> not_before;
  std::optional<Stamp> not_after;
};

/// What a case or a cohort says of its certificates.
struct CertificateSet {
  std::vector<Certificate> listed;
  std::optional<std::int64_t> count;  ///< when more than those listed
  Span count_span;
  std::optional<CertificateKind> kind;  ///< absent: as the incident says
  std::string list_file;                ///< a list beside the incident file
  Span list_span;
  std::vector<Ground> grounds;
  std::vector<Restraint> restraints;

  /// How many certificates these are; nothing when nobody says.
  std::optional<std::int64_t> total() const;
};

/// One Certificate Problem Report.
struct Case {
  std::string id;
  CertificateSet certificates;
  bool anonymous_reporter = false;      ///< nobody can be answered
  bool subscriber_is_reporter = false;  ///< one preliminary report serves both
  Span span;
};

/// Certificates found together, with an awareness of their own.
struct Cohort {
  std::string id;
  std::string text;
  CertificateSet certificates;
  Span span;
};

struct Question {
  std::string id;
  Actor by = Actor::community;
  std::string text;
  Span span;
};

struct ActionItem {
  std::string id;
  std::string text;
  std::string kind;    ///< Prevent, Mitigate, Detect
  std::string status;  ///< Ongoing, Complete, Delayed, Canceled
  std::vector<std::string> root_causes;
  std::string evaluation_criteria;
  std::optional<TimeRef> due;
  Span span;
};

/// Something somebody promised.
struct Commitment {
  std::string id;
  Actor by = Actor::ca;
  std::string text;
  std::optional<TimeRef> due;
  Span span;
};

struct Event {
  std::string id;  ///< given or made from kind and place; unique
  EventKind kind = EventKind::other;
  int in_case = none;
  int cohort = none;
  int question = none;
  int action_item = none;
  int commitment = none;
  std::vector<Addressee> to;
  std::optional<Actor> by;
  std::string program;  ///< which root program it is about; empty: the file does not say
  std::vector<Telling> tellings;
  std::string text;
  std::optional<CrlReason> reason;
  std::string unsure;                 ///< why it may not be what its kind says; empty: it is
  bool findings = true;               ///< of a reply: whether it holds a finding
  int withdraws = none;               ///< event index
  std::optional<TimeRef> planned;     ///< revocation-planned: for when; next-update-set: the date
  std::optional<std::int64_t> done;   ///< counts: how many …
  std::optional<std::int64_t> of;     ///< … of how many
  std::vector<EventKind> still_open;  ///< still-open: what was not done
  bool internal = false;              ///< an internal remark: judged, never rendered
  Span span;
};

struct ContributingFactor {
  std::string title, description, timeline, detection, interaction, methodology;
};

/// What an auditor found, as the audit incident report tells it.
struct AuditFinding {
  std::string description, root_cause;
  std::vector<int> action_items;  ///< indices: what will remedy it
  Span span;
};

struct RelatedIncident {
  std::int64_t bug = 0;
  std::string opened;  ///< the date the related bug was opened, as written
  std::string description;
};

/// The report's prose, as the officer writes it; everything else in a report is derived.
struct ReportFields {
  std::string summary;  ///< Incident description
  std::string relevant_policies;
  std::string awareness;    ///< how the CA first became aware (seven-topic form)
  std::string containment;  ///< contained or ongoing (preliminary report)
  std::optional<std::int64_t> total_certificates;
  std::optional<std::int64_t> remaining_valid;
  Span total_span, remaining_span;  ///< where an incident file says the two
  std::string certificate_types;
  std::string heuristic;
  std::optional<bool> issuance_stopped;
  std::string issuance_explanation;
  std::string delay_analysis;
  std::string additional_considerations;
  std::vector<RelatedIncident> related;
  std::vector<ContributingFactor> factors;
  std::vector<AuditFinding> findings;
  std::vector<std::string> went_well, did_not_go_well, got_lucky, additional;
  std::string problem_summary;   ///< seven-topic form, topic 4
  std::string certificate_data;  ///< Appendix; seven-topic form, topic 5
  std::string closure_root_causes, closure_remediation, closure_commitments;
};

/// A judgement that the file asks not to be counted.
struct Suppression {
  std::string duty;
  std::string in_case;
  std::string reason;
  std::optional<Stamp> until;
  Span span;
};

struct Incident {
  std::shared_ptr<const Source> source;

  std::string title;
  std::optional<std::int64_t> bug;
  std::string ca_name;
  std::string ccadb_id;
  std::optional<CertificateUse> certificates;
  CertificateSet certificate_set;  ///< of the incident as a whole
  DisclosureSource disclosure = DisclosureSource::self_reported;
  bool disclosure_stated = false;
  bool embargoed = false;
  bool revocation_delay = false;           ///< the whiteboard carries a revocation-delay tag
  std::vector<std::string> root_programs;  ///< empty: all
  Span span;

  std::vector<Account> accounts;  ///< at least one
  std::vector<Case> cases;
  std::vector<Cohort> cohorts;
  std::vector<Question> questions;
  std::vector<ActionItem> action_items;
  std::vector<Commitment> commitments;
  std::vector<Event> events;
  std::vector<Suppression> suppressions;
  ReportFields report;
};

}  // namespace cita
