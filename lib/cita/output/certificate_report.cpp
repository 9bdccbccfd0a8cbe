#include <cita/base/text.hpp>
#include <cita/output/certificate_chart.hpp>
#include <cita/output/certificate_report.hpp>
#include <cita/output/list_findings.hpp>
#include <cita/time/format.hpp>

#include <nlohmann/json.hpp>

#include <limits>
#include <map>

namespace cita {

namespace {

using namespace evidence;
using Json = nlohmann::ordered_json;

constexpr CertificateStanding standings[] = {CertificateStanding::met,         CertificateStanding::late,
                                             CertificateStanding::not_revoked, CertificateStanding::expired,
                                             CertificateStanding::short_lived, CertificateStanding::planned,
                                             CertificateStanding::running,     CertificateStanding::undetermined};
constexpr Publication publications[] = {Publication::in_time, Publication::late, Publication::undetermined};
struct Rank {
  unsigned hundredths;
  std::string_view name;
};
constexpr Rank ranks[] = {{50, "p50"}, {90, "p90"}, {99, "p99"}, {100, "max"}};

std::string bounds_text(const Bounds& bounds) {
  if (bounds == Bounds{}) return "nobody knows when";
  return bounds.is_exact() ? show(bounds.first) : show(Moment::between(bounds.first, bounds.last, Unit::second));
}

std::string told_text(const Mismatch& mismatch) {
  return mismatch.told ? count_text(static_cast<std::uint64_t>(*mismatch.told)) : bounds_text(*mismatch.told_time);
}
std::string found_text(const Mismatch& mismatch) {
  return mismatch.found ? range_text(*mismatch.found) : bounds_text(mismatch.row->issued);
}
// Whether every row is known to be of a certificate that no other row names.
bool are_certificates(const CertificateReport& report) {
  const CountRange all_rows{report.lists.rows, report.lists.rows};
  return report.lists.unreadable == 0 && report.lists.faults.count(ListProblem::unreadable) == 0 &&
         different_certificates(report.lists, report.serials) == all_rows;
}
std::string reasons_text(const std::vector<CrlReason>& reasons) {
  std::string all;
  for (const CrlReason each : reasons) all += (all.empty() ? "" : " or ") + std::string(name_of(each));
  return all;
}

std::string reason_text(const std::optional<CrlReason>& reason) {
  return reason ? std::string(name_of(*reason)) : "no reason code";
}

// ": said 2026-05-07 14:00:00 UTC, there 2026-05-08 10:00:00 UTC"; empty where the heading says all.
std::string disagreement_text(const DisagreeingRow& row) {
  const std::string said = row.said ? bounds_text(*row.said) : "no date", there = row.listed ? show(*row.listed) : std::string();
  const std::string asked = ", where the ground has " + reasons_text(row.required);
  switch (row.what) {
    case Disagreement::not_listed: return row.said ? ": said " + said : std::string();
    case Disagreement::listed:
    case Disagreement::gone: return ": there " + there;
    case Disagreement::date_differs: return ": said " + said + ", there " + there;
    case Disagreement::reason_differs:
      return ": said " + reason_text(row.said_reason) + ", there " + reason_text(row.listed_reason);
    case Disagreement::back_dated: return ": there " + there + ", though not yet at " + show(*row.after);
    case Disagreement::wrong_reason:
    case Disagreement::missing_reason: return ": there " + reason_text(row.listed_reason) + asked;
    case Disagreement::claimed_reason: return ": said " + reason_text(row.said_reason) + asked;
  }
  return {};
}

// The row, or the lists as a whole.
std::string found_in(const Mismatch& mismatch, const std::vector<std::string>& files) {
  if (mismatch.row) return files[mismatch.row->file] + ":" + std::to_string(mismatch.row->line);
  std::string all;
  for (const std::string& each : files) all += (all.empty() ? "" : ", ") + each;
  return all;
}

constexpr int least_width = 24;

class Text {
 public:
  Text(const CertificateReport& report, const TextStyle& style) : report_(report), style_(style) {}

  std::string all() {
    head();
    if (report_.grouping) judged();
    if (report_.has_incident()) reconciled();
    faults();
    duplicates();
    crls();
    answers();
    against(Channel::crls, "The lists against the CRLs");
    against(Channel::answers, "The lists against the OCSP answers");
    appendix();
    return out_;
  }

 private:
  std::string place(std::uint32_t file, std::uint64_t line) const {
    return text::shown(report_.files[file]) + ":" + std::to_string(line);
  }
  void line(std::string_view label, const std::string& content) {
    constexpr std::size_t label_width = 28;
    std::string padded(label);
    padded.resize(std::max(label_width, padded.size() + 1), ' ');
    out_ += "  " + padded + content + "\n";
  }
  // Wrapped to the width, later lines indented.
  std::string sentence(std::string_view words, int indent, Colour colour) const {
    std::string lines;
    for (const std::string& each : text::wrapped(words, std::max(least_width, style_.width - indent - 2)))
      lines +=
          std::string(static_cast<std::size_t>(lines.empty() ? indent : indent + 2), ' ') + coloured(each, colour, style_) + "\n";
    return lines;
  }
  void title(std::string_view words) { out_ += "\n" + coloured(words, Colour::bold, style_) + "\n"; }

  void head() {
    const RevocationTally& tally = report_.tally();
    out_ += coloured(counted(report_.lists.rows, "row", "rows"), Colour::bold, style_);
    if (report_.lists.unreadable > 0) out_ += ", " + count_text(report_.lists.unreadable) + " of them not readable";
    out_ += "\n";
    line("said to be revoked", count_text(tally.count(Claim::revoked)));
    line("planned or delayed", count_text(tally.count(Claim::planned) + tally.count(Claim::delayed)));
    line("expired (N/A)", count_text(tally.count(Claim::expired)));
    const auto others = tally.count(Claim::nothing) + tally.count(Claim::not_revoked) - tally.silent();
    if (others > 0) line("nothing the template allows", count_text(others));
    if (tally.silent() > 0) line("not told", count_text(tally.silent()));
    if (tally.pairs() > 0) line("with their precertificates", count_text(tally.pairs()));
    if (tally.only_precertificates() > 0) line("precertificates alone", count_text(tally.only_precertificates()));
    if (const auto& first = tally.issued().first) line("first issued", bounds_text(first->issued));
    if (const auto& last = tally.issued().last) line("last issued", bounds_text(last->issued));
  }

  void judged() {
    const auto& groups = report_.grouping->groups();
    for (std::size_t i = 0; i < groups.size(); ++i) {
      const GroupTally& tally = report_.tally().groups()[i];
      if (tally.rows == 0 && report_.has_incident()) continue;
      if (report_.has_incident())
        out_ +=
            "\n" + coloured(text::shown(groups[i].name) + ": " + counted(tally.rows, "row", "rows"), Colour::bold, style_) + "\n";
      for (std::size_t k = 0; k < groups[i].clocks.size(); ++k) clock(groups[i].clocks[k], tally.clocks[k], "revoked");
      for (std::size_t k = 0; k < groups[i].publications.size(); ++k)
        clock(groups[i].publications[k], tally.publications[k], "published");
      if (groups[i].clocks.empty())
        out_ += "  no duty to revoke is judged for them: the file tells of no reason that a policy in force then knows\n";
      restraints(groups[i], tally);
      out_ += certificate_chart(groups[i], tally, style_);
      if (const std::string event = event_to_tell(report_, i); !event.empty()) out_ += "  to tell: " + text::shown(event) + "\n";
    }
    if (const auto others = report_.tally().not_asked_for(); others > 0)
      out_ += "\n  " + counted(others, "row is", "rows are") + " of another case or cohort, and not judged here\n";
  }

  void clock(const RevocationClock& clock, const ClockTally& tally, const std::string& done) {
    const std::string by = clock.last_on_time == Bounds{} ? "By when it is to be " + done + " nobody tells"
                                                          : "To be " + done + " by " + bounds_text(clock.last_on_time);
    if (clock.duty.empty() && !report_.clock.empty()) {
      const std::string from = " (" + clock.limit + " from " + text::shown(report_.clock) + "), as of ";
      out_ += "\n" + sentence(by + from + show(report_.as_of), 0, Colour::bold);
    } else {
      title(clock.title + (clock.governs ? " (governs)" : ""));
      std::string when = by;
      if (!clock.limit.empty() && !clock.started.empty())
        when += ", " + clock.limit + " after " + clock.started + " (" + bounds_text(clock.start) + ")";
      out_ += sentence(when + ", as of " + show(report_.as_of), 2, Colour::plain);
      if (!clock.document.empty()) out_ += note_line("rule", clock.duty + ": " + clock.document, style_);
      if (!clock.is_certain()) out_ += note_line("undetermined", text::shown(clock.doubt) + ", so nobody is found late", style_);
      if (clock.rounding > Seconds{0})
        out_ += note_line("rounded",
                          "the start is told to the " + unit_text(clock.rounding) +
                              ": what is nearer to the deadline than that is undetermined",
                          style_);
    }
    for (const CertificateStanding each : standings)
      if (tally.count(each) > 0) line(name(each), count_text(tally.count(each)));
    for (std::size_t i = 0; i < doubt_count; ++i)
      if (const auto doubt = static_cast<Doubt>(i); tally.count(doubt) > 0)
        out_ += "    " + count_text(tally.count(doubt)) + ": " + std::string(texts(doubt).text) + "\n";
    if (tally.planned_late() > 0) line("planned for after it", count_text(tally.planned_late()));
    for (const Publication each : publications)
      if (tally.count(each) > 0) line(name(each), count_text(tally.count(each)));
    for (const Rank& rank : ranks)
      if (const auto late = tally.lateness(rank.hundredths)) line("late, " + std::string(rank.name), show_lateness(*late));
    for (const LateCertificate& each : tally.worst())
      line("latest",
           place(each.file, each.line) + "  " + beginning_of(each.digest) + "  " + show_lateness({each.least, each.most}));
    open(CertificateStanding::not_revoked, tally.not_revoked());
    open(CertificateStanding::undetermined, tally.undetermined());
  }

  void open(CertificateStanding standing, const std::vector<OpenCertificate>& first) {
    for (const OpenCertificate& each : first)
      line(name(standing), place(each.file, each.line) + "  " + beginning_of(each.digest) + "  " + why_open(standing, each));
  }

  static std::string beginning_of(const Digest& digest) {
    constexpr std::size_t enough = 16;
    return digest == Digest{} ? std::string("no hash") : hex(digest).substr(0, enough) + "…";
  }

  static std::string unit_text(Seconds rounding) {
    for (const Unit unit : {Unit::minute, Unit::hour, Unit::day, Unit::month})
      if (longest(unit) == rounding) return std::string(cita::name(unit));
    return show_amount(rounding);
  }

  void restraints(const CertificateGroup& group, const GroupTally& tally) {
    for (std::size_t i = 0; i < group.restraints.size(); ++i) {
      const RestraintMark& each = group.restraints[i];
      std::string said = text::shown(each.text) + ": ";
      if (!each.is_on_all && each.on.is_empty()) said += "which of the certificates it names cannot be told from the lists";
      else
        said += "on " + std::string(each.names_all ? "" : "at least ") + count_text(tally.restrained[i]) + " of " +
                (are_certificates(report_) ? count_text(tally.rows) : counted(tally.rows, "row", "rows")) + ", of which " +
                counted(tally.restrained_late[i], "is", "are") + " late or not revoked";
      out_ += note_line("restrained", said + "; this moves no deadline", style_);
    }
  }

  void reconciled() {
    title("The lists against " + text::shown(report_.incident_file));
    line("different certificates", range_text(different_certificates(report_.lists, report_.serials)));
    if (report_.serials.split_pairs > 0) line("precertificates in rows of their own", count_text(report_.serials.split_pairs));
    const auto revoked = revoked_certificates(report_.lists, report_.serials);
    line("revoked, as of then", revoked ? range_text(*revoked) : "not counted: not every row has a serial number of its own");
    if (report_.mismatches.empty()) line("figures that differ", "none of " + count_text(report_.held_figures));
    for (const Mismatch& each : report_.mismatches) {
      out_ += "  " + coloured("differs", Colour::red, style_) + ": " + text::shown(each.what) + "\n";
      out_ += "    told  " + told_text(each) + "  " + text::shown(cita::place(each.told_at)) + "\n";
      out_ += "    found " + found_text(each) + "  " + text::shown(found_in(each, report_.files)) + "\n";
    }
    // What the list itself says is wrong by the ground, whether or not there is a CRL.
    disagreement(Disagreement::claimed_reason, Channel::crls);
    shared(report_.serials.shared_serials, report_.serials.first_shared, "");
    shared(report_.serials.perhaps_shared, report_.serials.first_perhaps_shared,
           ", or of a certificate and precertificates that stand in its column");
  }

  void shared(std::uint64_t count, const evidence::SerialRows::Places& first, std::string_view or_else) {
    if (count == 0) return;
    out_ += "  " + counted(count, "serial number is", "serial numbers are each") + " that of several certificates of one issuer" +
            std::string(or_else) + "\n";
    for (const auto& [one, other] : first)
      out_ += "    " + place(one.file, one.line) + "  " + place(other.file, other.line) + "\n";
  }

  void faults() {
    const ListFaults& faults = report_.lists.faults;
    if (faults.total() == 0) return;
    title(counted(faults.total(), "fault of form", "faults of form"));
    for (std::size_t i = 0; i < list_problem_count; ++i) {
      const auto problem = static_cast<ListProblem>(i);
      if (faults.count(problem) == 0) continue;
      out_ += "  " + std::string(texts(problem).code) + " (" + count_text(faults.count(problem)) +
              "): " + std::string(texts(problem).text) + "\n";
      for (const ListFault& each : faults.kept()) {
        if (each.problem != problem) continue;
        out_ += "    " + place(each.file, each.line) + (each.column > 0 ? ":" + std::to_string(each.column) : "");
        if (!each.field.empty()) out_ += "  " + text::shown(each.field);
        if (!each.value.empty() && each.value != each.field) out_ += ": " + text::shown(each.value);
        out_ += "\n";
      }
      out_ += note_line("help", texts(problem).help, style_);
    }
  }

  void duplicates() {
    if (report_.lists.duplicated == 0) return;
    title(counted(report_.lists.duplicate_rows, "row names", "rows name") + " a certificate that an earlier row names (" +
          counted(report_.lists.duplicated, "certificate", "certificates") + ")");
    for (const DuplicateRows& each : report_.lists.duplicates) {
      out_ += "  " + hex(each.digest).substr(0, 16) + "…";
      for (const auto& at : each.places) out_ += "  " + place(at.file, at.line);
      out_ += "\n";
    }
  }

  void crls() {
    for (const CrlReport& crl : report_.crls) {
      title(text::shown(crl.file) + ": " + counted(crl.entries, "entry", "entries") + ", issued " + show(crl.this_update));
      out_ += "  " + std::string(crl.signature ? evidence::text(*crl.signature) : "the signature was not verified: no --issuer") +
              (crl.is_joined ? "" : "; it is no evidence") + "\n";
      if (crl.is_joined && crl.this_update > report_.as_of)
        out_ += "  it is of later than " + show(report_.as_of) + ", the instant that is judged at; what it shows counts\n";
      if (!crl.covers_all)
        out_ += "  it covers some of its issuer's certificates: nothing follows from one that it does not list\n";
      if (has_other_key(crl))
        out_ += "  another CRL of its issuer is of another key: one that it does not list may be the other's certificate\n";
      for (std::size_t i = 0; i <= static_cast<std::size_t>(CrlProblem::trailing_bytes); ++i) {
        const auto problem = static_cast<CrlProblem>(i);
        if (crl.problems.count(problem) == 0) continue;
        out_ += "  " + std::string(code(problem)) + " (" + count_text(crl.problems.count(problem)) +
                "): " + std::string(evidence::text(problem)) + "\n";
        for (const CrlFault& each : crl.problems.kept())
          if (const std::string at = place_text(each); each.problem == problem && !at.empty()) out_ += "    " + at + "\n";
      }
    }
  }

  bool has_other_key(const CrlReport& crl) const {
    return std::any_of(report_.crls.begin(), report_.crls.end(), [&crl](const CrlReport& other) {
      const bool are_told = !crl.signer.empty() && !other.signer.empty();
      return crl.is_joined && other.is_joined && crl.issuer == other.issuer && are_told && crl.signer != other.signer;
    });
  }

  void answers() {
    for (const OcspReport& each : report_.answers) {
      const OcspReading& reading = each.reading;
      title(text::shown(each.file) + (reading.is_read() ? ": " + counted(reading.answers.size(), "answer", "answers") +
                                                              ", produced " + show(reading.produced_at)
                                                        : std::string()));
      out_ += "  " + std::string(evidence::text(reading.check)) +
              (reading.because.empty() ? "" : " (" + text::shown(reading.because) + ")") +
              (is_evidence(reading.check) ? "" : "; it is no evidence") + "\n";
      if (reading.left_out > 0) line("of issuers who did not entrust it", count_text(reading.left_out) + ", not compared");
      if (reading.unreadable > 0) line("with times or numbers that cannot be read", count_text(reading.unreadable));
      if (reading.not_understood > 0)
        line("with a critical extension that is not known", count_text(reading.not_understood) + ", not compared");
      if (reading.unread_reasons > 0) line("with a reason code that cannot be read", count_text(reading.unread_reasons));
      const auto unknown = std::count_if(reading.answers.begin(), reading.answers.end(),
                                         [](const OcspAnswer& answer) { return answer.status == OcspStatus::unknown; });
      if (unknown > 0) line("with the status unknown", count_text(static_cast<std::uint64_t>(unknown)) + ", not compared");
    }
  }

  void appendix() {
    if (!report_.appendix) return;
    const AppendixReport& appendix = *report_.appendix;
    title("Written to " + text::shown(appendix.file) + ": " +
          (appendix.is_links ? "links" : "the columns of " + appendix.edition));
    line("rows", count_text(appendix.rows));
    if (appendix.incomplete > 0) line("without all that is asked for", count_text(appendix.incomplete));
    if (appendix.left_out > 0) line("rows that are left out", count_text(appendix.left_out));
  }

  void against(Channel channel, std::string_view heading) {
    const bool is_asked = channel == Channel::crls ? !report_.crls.empty() : !report_.answers.empty();
    if (!is_asked) return;
    const RevocationTally& tally = report_.tally();
    title(heading);
    line("revoked there",
         report_.has_evidence(channel) ? count_text(tally.listed(channel)) : "unknown: none of them is evidence");
    if (tally.without_serial() > 0) line("without a serial number", count_text(tally.without_serial()) + ", not compared");
    if (channel == Channel::crls) {
      if (tally.of_other_issuers() > 0) line("of issuers without evidence", count_text(tally.of_other_issuers()));
      if (tally.of_unsure_issuers() > 0)
        line("of issuers that may be others",
             count_text(tally.of_unsure_issuers()) + ", not compared unless CRLs of the one issuer that may be theirs list them");
      const auto joined = report_.joined_crls();
      for (std::size_t i = 0; joined.size() > 1 && i < joined.size(); ++i) {
        const RevocationTally::FirstShown& first = tally.first_shown()[i];
        if (first.count == 0) continue;
        const std::string from = first.after ? "after " + show(*first.after) + ", " : "";
        line("first shown", count_text(first.count) + " published " + from + "by " + show(joined[i]->made));
      }
    }
    for (std::size_t i = 0; i < disagreement_count; ++i) {
      if (const auto what = static_cast<Disagreement>(i); what != Disagreement::claimed_reason) disagreement(what, channel);
    }
  }

  void disagreement(Disagreement what, Channel channel) {
    const RevocationTally& tally = report_.tally();
    const std::uint64_t count = tally.count(what, channel);
    if (count == 0) return;
    std::string said = count_text(count);
    const std::uint64_t for_compromise = tally.back_dated_for_compromise(channel);
    if (what == Disagreement::back_dated && for_compromise > 0)
      said += ", of which " + count_text(for_compromise) + " for keyCompromise";
    line(name(what, channel), said);
    for (const DisagreeingRow& each : tally.disagreeing())
      if (each.what == what && each.channel == channel)
        out_ += "    " + place(each.file, each.line) + disagreement_text(each) + "\n";
  }

  const CertificateReport& report_;
  const TextStyle& style_;
  std::string out_;
};

// An id as a scalar of YAML.
std::string quoted(const std::string& id) {
  std::string text = "\"";
  for (const char c : id) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + "\"";
}

Json json_of(const Bounds& bounds) {
  const auto end = [](Instant instant) {
    return instant <= open_past || instant >= open_future ? Json(nullptr) : Json(rfc3339(instant));
  };
  return {{"earliest", end(bounds.first)}, {"latest", end(bounds.last)}};
}

Json json_of(const std::optional<Instant>& instant) { return instant ? Json(rfc3339(*instant)) : Json(nullptr); }
Json json_of(const std::optional<CrlReason>& reason) { return reason ? Json(name_of(*reason)) : Json(nullptr); }
Json names_of(const std::vector<CrlReason>& reasons) {
  Json all = Json::array();
  for (const CrlReason each : reasons) all.push_back(name_of(each));
  return all;
}

Json json_of(Seconds least, Seconds most) {
  return {{"least", least.count()}, {"most", most >= unbounded ? Json(nullptr) : Json(most.count())}};
}

Json json_of(const CountRange& range) {
  return {{"least", range.least},
          {"most", range.most == std::numeric_limits<std::uint64_t>::max() ? Json(nullptr) : Json(range.most)}};
}

Json json_of_open(const CertificateReport& report, CertificateStanding standing, const std::vector<OpenCertificate>& first) {
  Json all = Json::array();
  for (const OpenCertificate& each : first)
    all.push_back({{"file", report.files[each.file]},
                   {"line", each.line},
                   {"sha256", each.digest == Digest{} ? Json(nullptr) : Json(hex(each.digest))},
                   {"why", why_open(standing, each)}});
  return all;
}

Json json_of_clock(const CertificateReport& report, const RevocationClock& clock, const ClockTally& tally) {
  Json counts, published, doubts = Json::array(), lateness = Json::object(), worst = Json::array();
  for (const CertificateStanding each : standings) counts[std::string(name(each))] = tally.count(each);
  for (const Publication each : publications) published[std::string(name(each))] = tally.count(each);
  for (std::size_t i = 0; i < doubt_count; ++i)
    if (const auto doubt = static_cast<Doubt>(i); tally.count(doubt) > 0)
      doubts.push_back({{"code", texts(doubt).code}, {"count", tally.count(doubt)}, {"message", texts(doubt).text}});
  for (const Rank& rank : ranks)
    if (const auto late = tally.lateness(rank.hundredths)) lateness[std::string(rank.name)] = json_of(late->least, late->most);
  for (const LateCertificate& each : tally.worst())
    worst.push_back({{"file", report.files[each.file]},
                     {"line", each.line},
                     {"sha256", hex(each.digest)},
                     {"late", json_of(each.least, each.most)}});
  return {{"title", clock.title},
          {"duty", clock.duty.empty() ? Json(nullptr) : Json(clock.duty)},
          {"document", clock.document},
          {"governs", clock.governs},
          {"started", clock.started},
          {"start", json_of(clock.start)},
          {"limit", clock.limit},
          {"lastOnTime", json_of(clock.last_on_time)},
          {"rounding", clock.rounding.count()},
          {"doubt", clock.doubt.empty() ? Json(nullptr) : Json(clock.doubt)},
          {"standings", counts},
          {"plannedLate", tally.planned_late()},
          {"published", published},
          {"lateness", lateness},
          {"worst", worst},
          {"undetermined", doubts},
          {"firstUndetermined", json_of_open(report, CertificateStanding::undetermined, tally.undetermined())},
          {"firstNotRevoked", json_of_open(report, CertificateStanding::not_revoked, tally.not_revoked())}};
}

// So many in each hour or day, and how many of them are met and late.
Json json_of(NumberCounts RevocationTimes::*of, Seconds unit, const RevocationHistory& history) {
  struct Counts {
    std::uint64_t met = 0, late = 0, open = 0;
  };
  std::map<std::int64_t, Counts> found;
  for (const auto& [number, count] : (history.met.*of).all()) found[number].met = count;
  for (const auto& [number, count] : (history.late.*of).all()) found[number].late = count;
  for (const auto& [number, count] : (history.open.*of).all()) found[number].open = count;
  Json all = Json::array();
  for (const auto& [number, counts] : found)
    all.push_back({{"from", rfc3339(Instant{unit * number})},
                   {"count", counts.met + counts.late + counts.open},
                   {"met", counts.met},
                   {"late", counts.late}});
  return all;
}

Json json_of(const RevocationHistory& history) {
  return {{"byHour", json_of(&RevocationTimes::by_hour, std::chrono::hours{1}, history)},
          {"byDay", json_of(&RevocationTimes::by_day, date::days{1}, history)},
          {"severalDays", history.several_days},
          {"undated", history.undated},
          {"contradictory", history.contradictory}};
}

Json json_of_group(const CertificateReport& report, std::size_t index) {
  const CertificateGroup& group = report.grouping->groups()[index];
  const GroupTally& tally = report.tally().groups()[index];
  Json clocks = Json::array(), publications_by = Json::array(), restraints = Json::array();
  for (std::size_t i = 0; i < group.clocks.size(); ++i) clocks.push_back(json_of_clock(report, group.clocks[i], tally.clocks[i]));
  for (std::size_t i = 0; i < group.publications.size(); ++i)
    publications_by.push_back(json_of_clock(report, group.publications[i], tally.publications[i]));
  for (std::size_t i = 0; i < group.restraints.size(); ++i) {
    const RestraintMark& each = group.restraints[i];
    const bool is_known = each.is_on_all || !each.on.is_empty();
    restraints.push_back({{"text", each.text},
                          {"rows", is_known ? Json(tally.restrained[i]) : Json(nullptr)},
                          {"certificates", is_known && are_certificates(report) ? Json(tally.restrained[i]) : Json(nullptr)},
                          {"namesMore", is_known && !each.names_all},
                          {"lateOrNotRevoked", is_known ? Json(tally.restrained_late[i]) : Json(nullptr)}});
  }
  const std::string event = event_to_tell(report, index);
  return {{"name", group.name},
          {"case", group.in_case == none ? Json(nullptr) : Json(group.id)},
          {"cohort", group.cohort == none ? Json(nullptr) : Json(group.id)},
          {"rows", tally.rows},
          {"clocks", clocks},
          {"publications", publications_by},
          {"restraints", restraints},
          {"revoked", report.has_incident() ? json_of(tally.revoked) : Json(nullptr)},
          {"expired", report.has_incident() ? json_of(tally.expired) : Json(nullptr)},
          {"revocations", json_of(tally.history)},
          {"toTell", event.empty() ? Json(nullptr) : Json(event)}};
}

Json json_of_reconciled(const CertificateReport& report) {
  Json differ = Json::array();
  const auto place = [&report](const evidence::SerialRows::Place& of) {
    return Json{{"file", report.files[of.file]}, {"line", of.line}};
  };
  const auto shared = [&place](std::uint64_t count, const evidence::SerialRows::Places& first) {
    Json places = Json::array();
    for (const auto& [one, other] : first) places.push_back({place(one), place(other)});
    return Json{{"count", count}, {"first", places}};
  };
  for (const Mismatch& each : report.mismatches) {
    const Position at = each.told_at ? each.told_at.source->position(each.told_at.begin) : Position{};
    Json found = each.found ? json_of(*each.found) : json_of(each.row->issued);
    differ.push_back(
        {{"what", each.what},
         {"told", each.told ? Json(*each.told) : json_of(*each.told_time)},
         {"toldAt", {{"file", report.incident_file}, {"line", at.line}, {"column", at.column}}},
         {"found", found},
         {"foundAt", each.row ? Json({{"file", report.files[each.row->file]}, {"line", each.row->line}}) : Json(nullptr)}});
  }
  return {{"file", report.incident_file},
          {"certificates", json_of(different_certificates(report.lists, report.serials))},
          {"precertificatesInRowsOfTheirOwn", report.serials.split_pairs},
          {"sharedSerialNumbers", shared(report.serials.shared_serials, report.serials.first_shared)},
          {"perhapsSharedSerialNumbers", shared(report.serials.perhaps_shared, report.serials.first_perhaps_shared)},
          {"figures", report.held_figures},
          {"differ", differ}};
}

Json json_of_places(CrlProblem problem, const CrlProblems& problems) {
  Json places = Json::array();
  for (const CrlFault& each : problems.kept())
    if (each.problem == problem && !place_text(each).empty())
      places.push_back({{"entry", each.entry > 0 ? Json(each.entry) : Json(nullptr)}, {"offset", each.offset}});
  return places;
}

Json json_of(const CrlReport& crl) {
  Json problems = Json::array();
  for (std::size_t i = 0; i <= static_cast<std::size_t>(CrlProblem::trailing_bytes); ++i)
    if (const auto problem = static_cast<CrlProblem>(i); crl.problems.count(problem) > 0)
      problems.push_back({{"code", code(problem)},
                          {"count", crl.problems.count(problem)},
                          {"message", evidence::text(problem)},
                          {"places", json_of_places(problem, crl.problems)}});
  return {{"file", crl.file},
          {"entries", crl.entries},
          {"thisUpdate", rfc3339(crl.this_update)},
          {"authorityKeyIdentifier", crl.key.empty() ? Json(nullptr) : Json(hex(crl.key))},
          {"complete", crl.is_complete},
          {"coversAll", crl.covers_all},
          {"verified", crl.signature ? Json(*crl.signature == SignatureCheck::good) : Json(nullptr)},
          {"signature", crl.signature ? Json(evidence::text(*crl.signature)) : Json(nullptr)},
          {"evidence", crl.is_joined},
          {"problems", problems}};
}

Json json_of(const OcspReport& each) {
  const OcspReading& reading = each.reading;
  Json answers = Json::array();
  for (const OcspAnswer& answer : reading.answers) {
    answers.push_back({{"serial", hex(answer.serial)},
                       {"status", name(answer.status)},
                       {"thisUpdate", rfc3339(answer.this_update)},
                       {"nextUpdate", answer.next_update ? Json(rfc3339(*answer.next_update)) : Json(nullptr)},
                       {"revoked", answer.revoked ? Json(rfc3339(*answer.revoked)) : Json(nullptr)},
                       {"reason", answer.reason ? Json(name_of(*answer.reason)) : Json(nullptr)}});
  }
  return {{"file", each.file},
          {"check", evidence::text(reading.check)},
          {"verified", reading.check == OcspCheck::not_verified ? Json(nullptr) : Json(reading.check == OcspCheck::good)},
          {"evidence", is_evidence(reading.check)},
          {"producedAt", reading.is_read() ? Json(rfc3339(reading.produced_at)) : Json(nullptr)},
          {"unreadable", reading.unreadable},
          {"notUnderstood", reading.not_understood},
          {"unreadReasons", reading.unread_reasons},
          {"answers", answers}};
}

Json json_of(const AppendixReport& appendix) {
  return {{"file", appendix.file}, {"edition", appendix.edition},       {"form", appendix.is_links ? "links" : "columns"},
          {"rows", appendix.rows}, {"incomplete", appendix.incomplete}, {"leftOut", appendix.left_out}};
}

Json json_of_against(const CertificateReport& report, Channel channel) {
  const RevocationTally& tally = report.tally();
  Json counts, places = Json::array();
  for (std::size_t i = 0; i < disagreement_count; ++i) {
    const auto what = static_cast<Disagreement>(i);
    if (!name(what, channel).empty()) counts[std::string(name(what, channel))] = tally.count(what, channel);
  }
  for (const DisagreeingRow& each : tally.disagreeing())
    if (each.channel == channel)
      places.push_back({{"what", name(each.what, channel)},
                        {"file", report.files[each.file]},
                        {"line", each.line},
                        {"said", each.said ? json_of(*each.said) : Json(nullptr)},
                        {"saidReason", json_of(each.said_reason)},
                        {"listed", json_of(each.listed)},
                        {"listedReason", json_of(each.listed_reason)},
                        {"notListedAt", json_of(each.after)},
                        {"requiredReasons", names_of(each.required)}});
  Json all{{"listed", report.has_evidence(channel) ? Json(tally.listed(channel)) : Json(nullptr)},
           {"withoutSerialNumber", tally.without_serial()},
           {"disagreements", counts},
           {"backDatedForKeyCompromise", tally.back_dated_for_compromise(channel)},
           {"first", places}};
  if (channel == Channel::answers) return all;
  Json shown = Json::array();
  const auto joined = report.joined_crls();
  for (std::size_t i = 0; i < joined.size(); ++i) {
    const RevocationTally::FirstShown& first = tally.first_shown()[i];
    shown.push_back({{"file", joined[i]->file},
                     {"count", first.count},
                     {"publishedAfter", first.after ? Json(rfc3339(*first.after)) : Json(nullptr)},
                     {"publishedBy", rfc3339(joined[i]->made)}});
  }
  all["ofOtherIssuers"] = tally.of_other_issuers();
  all["ofUnsureIssuers"] = tally.of_unsure_issuers();
  all["firstShown"] = shown;
  return all;
}

}  // namespace

std::string count_text(std::uint64_t count) {
  std::string digits = std::to_string(count);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view several) {
  return count_text(count) + " " + std::string(count == 1 ? one : several);
}

std::string why_open(CertificateStanding standing, const OpenCertificate& open) {
  if (standing == CertificateStanding::undetermined) return std::string(texts(open.doubt).text);
  if (standing != CertificateStanding::not_revoked) return {};
  switch (open.claim) {
    case Claim::planned: return "planned for " + bounds_text(open.date.value_or(Bounds{}));
    case Claim::delayed: return open.date ? "delayed until " + bounds_text(*open.date) : "delayed, and no date says until when";
    case Claim::expired: return "N/A, and it expired after the deadline";
    case Claim::revoked:
    case Claim::nothing:
    case Claim::not_revoked: break;
  }
  return "the list says that it is not";
}

std::string difference_text(const Mismatch& mismatch, const std::vector<std::string>& files) {
  return mismatch.what + ": told " + told_text(mismatch) + ", found " + found_text(mismatch) + " (" + found_in(mismatch, files) +
         ")";
}

std::vector<const CrlReport*> CertificateReport::joined_crls() const {
  std::vector<const CrlReport*> joined;
  for (const CrlReport& each : crls)
    if (each.is_joined) joined.push_back(&each);
  return joined;
}

bool CertificateReport::has_evidence(Channel channel) const {
  if (channel == Channel::crls) return !joined_crls().empty();
  return std::any_of(answers.begin(), answers.end(), [](const OcspReport& each) { return is_evidence(each.reading.check); });
}

namespace {

// When the last of those that are said to be revoked was; open where rows do not tell it, or contradict themselves.
Bounds last_revocation(const GroupTally& tally, Instant as_of) {
  const bool are_certain = std::all_of(tally.clocks.begin(), tally.clocks.end(), [](const ClockTally& each) {
    return each.count(Doubt::revoked_before_issued) + each.count(Doubt::revoked_later) == 0;
  });
  const bool is_known = are_certain && tally.last_revoked && tally.last_revoked->first <= as_of;
  return {is_known ? tally.last_revoked->first : open_past, is_known ? std::min(tally.last_revoked->last, as_of) : as_of};
}

// Whether an event of that time stands by a clock as the rows do. It does not where the last ones needed no revocation, or none
// by then.
bool stands_alike(const Bounds& last, const RevocationClock& clock, const ClockTally& tally) {
  const Bounds& due = clock.last_on_time;
  const Bounds time = unrounded(last);
  const auto has = [&tally](CertificateStanding standing) { return tally.count(standing) > 0; };
  const bool are_some_left_out = has(CertificateStanding::expired) || has(CertificateStanding::short_lived);
  if (due == Bounds{}) return true;
  if (time.last + clock.rounding <= due.first)
    return !has(CertificateStanding::undetermined) && (has(CertificateStanding::not_revoked) || !are_some_left_out);
  const bool allows_both = last.first - clock.rounding <= due.last && last.last + clock.rounding > due.first;
  if (allows_both || !clock.is_certain()) return !are_some_left_out && !has(CertificateStanding::late);
  return tally.lateness(100) == Elapsed{last.first - due.last, due.first <= open_past ? unbounded : last.last - due.first};
}

}  // namespace

std::string event_to_tell(const CertificateReport& report, std::size_t group) {
  const CertificateGroup& of = report.grouping->groups()[group];
  const GroupTally& tally = report.tally().groups()[group];
  const bool is_exact = tally.revoked.least == tally.revoked.most && are_certificates(report);
  const bool is_mixed = report.grouping->mixed() == static_cast<int>(group);
  if (!report.has_incident() || is_mixed || !is_exact || tally.revoked.least == 0) return {};
  const Bounds last = last_revocation(tally, report.as_of);
  for (std::size_t i = 0; i < of.clocks.size(); ++i) {
    const bool is_contradicted = tally.clocks[i].count(Doubt::evidence_differs) > 0;
    if (is_contradicted || !stands_alike(last, of.clocks[i], tally.clocks[i])) return {};
  }
  std::string owner;
  if (of.in_case != none) owner = ", case: " + quoted(of.id);
  if (of.cohort != none) owner = ", cohort: " + quoted(of.id);
  const auto all = std::max(static_cast<std::int64_t>(tally.rows), of.told_count.value_or(0));
  const bool are_all = static_cast<std::int64_t>(tally.revoked.least) == all;
  std::string at = rfc3339(last.last);
  if (!last.is_exact()) at = (last.first <= open_past ? "" : rfc3339(last.first)) + ".." + at;
  return "- {kind: " + std::string(are_all ? "revocation" : "revocation-partial") + owner + ", at: " + at +
         ", counts: {done: " + std::to_string(tally.revoked.least) + ", of: " + std::to_string(all) + "}}";
}

std::string certificate_text(const CertificateReport& report, const TextStyle& style) { return Text(report, style).all(); }

std::string certificate_json(const CertificateReport& report) {
  const RevocationTally& tally = report.tally();
  Json faults = Json::array(), duplicates = Json::array(), crls = Json::array(), answers = Json::array(), groups = Json::array();
  for (std::size_t i = 0; i < list_problem_count; ++i) {
    const auto problem = static_cast<ListProblem>(i);
    if (report.lists.faults.count(problem) == 0) continue;
    Json places = Json::array();
    for (const ListFault& each : report.lists.faults.kept())
      if (each.problem == problem)
        places.push_back({{"file", report.files[each.file]},
                          {"line", each.line},
                          {"column", each.column},
                          {"field", each.field},
                          {"value", each.value}});
    faults.push_back({{"code", texts(problem).code},
                      {"count", report.lists.faults.count(problem)},
                      {"message", texts(problem).text},
                      {"help", texts(problem).help},
                      {"places", places}});
  }
  for (const DuplicateRows& each : report.lists.duplicates) {
    Json places = Json::array();
    for (const auto& at : each.places) places.push_back({{"file", report.files[at.file]}, {"line", at.line}});
    duplicates.push_back({{"sha256", hex(each.digest)}, {"places", places}});
  }
  for (const CrlReport& each : report.crls) crls.push_back(json_of(each));
  for (const OcspReport& each : report.answers) answers.push_back(json_of(each));
  for (std::size_t i = 0; report.grouping && i < report.grouping->groups().size(); ++i)
    groups.push_back(json_of_group(report, i));
  const auto issued = [](const std::optional<IssuedRow>& row) { return row ? json_of(row->issued) : Json(nullptr); };
  const Json json{
      {"schema", "cita-certificates/1"},
      {"asOf", rfc3339(report.as_of)},
      {"files", report.files},
      {"rows", report.lists.rows},
      {"unreadable", report.lists.unreadable},
      {"claims",
       {{"revoked", tally.count(Claim::revoked)},
        {"planned", tally.count(Claim::planned)},
        {"delayed", tally.count(Claim::delayed)},
        {"expired", tally.count(Claim::expired)},
        {"notRevoked", tally.count(Claim::not_revoked)},
        {"nothing", tally.count(Claim::nothing)},
        {"notTold", tally.silent()}}},
      {"precertificatePairs", tally.pairs()},
      {"precertificatesAlone", tally.only_precertificates()},
      {"firstIssued", issued(tally.issued().first)},
      {"lastIssued", issued(tally.issued().last)},
      {"clock", report.clock.empty() ? Json(nullptr) : Json(report.clock)},
      {"groups", groups},
      {"notAskedFor", tally.not_asked_for()},
      {"incident", report.has_incident() ? json_of_reconciled(report) : Json(nullptr)},
      {"faults", faults},
      {"duplicates", {{"rows", report.lists.duplicate_rows}, {"certificates", report.lists.duplicated}, {"first", duplicates}}},
      {"crls", crls},
      {"againstCrls", json_of_against(report, Channel::crls)},
      {"answers", answers},
      {"againstAnswers", json_of_against(report, Channel::answers)},
      {"appendix", report.appendix ? json_of(*report.appendix) : Json(nullptr)}};
  return json.dump(2, ' ', true, Json::error_handler_t::replace) + "\n";
}

}  // namespace cita
