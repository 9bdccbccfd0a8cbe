#include <cita/base/text.hpp>
#include <cita/output/certificate_report.hpp>
#include <cita/time/format.hpp>

#include <nlohmann/json.hpp>

namespace cita {

namespace {

using namespace evidence;
using Json = nlohmann::ordered_json;

constexpr CertificateStanding standings[] = {
    CertificateStanding::met,     CertificateStanding::late,    CertificateStanding::not_revoked, CertificateStanding::expired,
    CertificateStanding::planned, CertificateStanding::running, CertificateStanding::undetermined};
constexpr Disagreement disagreements[] = {Disagreement::not_listed, Disagreement::listed, Disagreement::date_differs,
                                          Disagreement::reason_differs, Disagreement::back_dated};
struct Rank {
  unsigned hundredths;
  std::string_view name;
};
constexpr Rank ranks[] = {{50, "p50"}, {90, "p90"}, {99, "p99"}, {100, "max"}};

// "3,048,289".
std::string count_text(std::uint64_t count) {
  std::string digits = std::to_string(count);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string lateness_text(const Elapsed& late) {
  if (late.least == late.most) return show_amount(late.least);
  if (late.open_above()) return "at least " + show_amount(late.least);
  return show_amount(late.least) + " … " + show_amount(late.most);
}

std::string bounds_text(const Bounds& bounds) {
  return bounds.is_exact() ? show(bounds.first) : show_date_or(bounds.first, "open") + " … " + show_date_or(bounds.last, "open");
}

class Text {
 public:
  Text(const CertificateReport& report, const TextStyle& style) : report_(report), style_(style) {}

  std::string all() {
    head();
    if (report_.last_on_time) judged();
    faults();
    duplicates();
    crls();
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
  void title(std::string_view words) { out_ += "\n" + coloured(words, Colour::bold, style_) + "\n"; }

  void head() {
    const RevocationTally& tally = report_.tally();
    out_ += coloured(count_text(report_.lists.rows) + " rows", Colour::bold, style_);
    if (report_.lists.unreadable > 0) out_ += ", " + count_text(report_.lists.unreadable) + " of them not readable";
    out_ += "\n";
    line("said to be revoked", count_text(tally.count(Claim::revoked)));
    line("planned or delayed", count_text(tally.count(Claim::planned) + tally.count(Claim::delayed)));
    line("expired (N/A)", count_text(tally.count(Claim::expired)));
    if (const auto others = tally.count(Claim::nothing) + tally.count(Claim::not_revoked); others > 0)
      line("nothing the template allows", count_text(others));
    if (tally.pairs() > 0) line("with their precertificates", count_text(tally.pairs()));
    if (tally.only_precertificates() > 0) line("precertificates alone", count_text(tally.only_precertificates()));
    if (const auto first = tally.first_issued()) line("first issued", bounds_text(*first));
    if (const auto last = tally.last_issued()) line("last issued", bounds_text(*last));
  }

  void judged() {
    const RevocationTally& tally = report_.tally();
    title("To be revoked by " + bounds_text(*report_.last_on_time) + " (" + report_.limit + " from " +
          text::shown(report_.clock) + "), as of " + show(report_.as_of));
    for (const CertificateStanding each : standings)
      if (tally.count(each) > 0) line(name(each), count_text(tally.count(each)));
    if (tally.planned_late() > 0) line("planned for after it", count_text(tally.planned_late()));
    for (const Rank& rank : ranks)
      if (const auto late = tally.lateness(rank.hundredths)) line("late, " + std::string(rank.name), lateness_text(*late));
    for (const LateCertificate& each : tally.worst())
      line("latest",
           place(each.file, each.line) + "  " + hex(each.digest).substr(0, 16) + "…  " + lateness_text({each.least, each.most}));
  }

  void faults() {
    const ListFaults& faults = report_.lists.faults;
    if (faults.total() == 0) return;
    title(count_text(faults.total()) + " faults of form");
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
    title(count_text(report_.lists.duplicate_rows) + " of the rows name a certificate that an earlier row names (" +
          count_text(report_.lists.duplicated) + " certificates)");
    for (const DuplicateRows& each : report_.lists.duplicates) {
      out_ += "  " + hex(each.digest).substr(0, 16) + "…";
      for (const auto& at : each.places) out_ += "  " + place(at.file, at.line);
      out_ += "\n";
    }
  }

  void crls() {
    for (const CrlReport& crl : report_.crls) {
      title(text::shown(crl.file) + ": " + count_text(crl.entries) + " entries, issued " + show(crl.this_update));
      out_ += "  " + std::string(crl.signature ? evidence::text(*crl.signature) : "the signature was not verified: no --issuer") +
              "\n";
      for (std::size_t i = 0; i <= static_cast<std::size_t>(CrlProblem::trailing_bytes); ++i) {
        const auto problem = static_cast<CrlProblem>(i);
        if (crl.problems.count(problem) == 0) continue;
        out_ += "  " + std::string(code(problem)) + " (" + count_text(crl.problems.count(problem)) +
                "): " + std::string(evidence::text(problem));
        for (const CrlFault& each : crl.problems.kept())
          if (each.problem == problem && each.entry > 0) out_ += "; entry " + std::to_string(each.entry);
        out_ += "\n";
      }
    }
    if (report_.crls.empty()) return;
    const RevocationTally& tally = report_.tally();
    title("The lists against the CRLs");
    line("listed", count_text(tally.listed()));
    for (const Disagreement what : disagreements) {
      if (tally.count(what) == 0) continue;
      line(name(what), count_text(tally.count(what)));
      for (const DisagreeingRow& each : tally.disagreeing())
        if (each.what == what)
          out_ += "    " + place(each.file, each.line) + (each.listed ? ": listed with " + show(*each.listed) : "") + "\n";
    }
  }

  const CertificateReport& report_;
  const TextStyle& style_;
  std::string out_;
};

Json json_of(const Bounds& bounds) {
  const auto end = [](Instant instant) {
    return instant <= open_past || instant >= open_future ? Json(nullptr) : Json(rfc3339(instant));
  };
  return {{"earliest", end(bounds.first)}, {"latest", end(bounds.last)}};
}

Json json_of(Seconds least, Seconds most) {
  return {{"least", least.count()}, {"most", most >= unbounded ? Json(nullptr) : Json(most.count())}};
}

Json json_of_judged(const CertificateReport& report) {
  const RevocationTally& tally = report.tally();
  Json counts, lateness = Json::object(), worst = Json::array();
  for (const CertificateStanding each : standings) counts[std::string(name(each))] = tally.count(each);
  for (const Rank& rank : ranks)
    if (const auto late = tally.lateness(rank.hundredths)) lateness[std::string(rank.name)] = json_of(late->least, late->most);
  for (const LateCertificate& each : tally.worst())
    worst.push_back({{"file", report.files[each.file]},
                     {"line", each.line},
                     {"sha256", hex(each.digest)},
                     {"late", json_of(each.least, each.most)}});
  return {{"clock", report.clock},
          {"limit", report.limit},
          {"lastOnTime", json_of(*report.last_on_time)},
          {"standings", counts},
          {"plannedLate", tally.planned_late()},
          {"lateness", lateness},
          {"worst", worst}};
}

Json json_of(const CrlReport& crl) {
  Json problems = Json::array();
  for (std::size_t i = 0; i <= static_cast<std::size_t>(CrlProblem::trailing_bytes); ++i)
    if (const auto problem = static_cast<CrlProblem>(i); crl.problems.count(problem) > 0)
      problems.push_back({{"code", code(problem)}, {"count", crl.problems.count(problem)}, {"message", evidence::text(problem)}});
  return {{"file", crl.file},
          {"entries", crl.entries},
          {"thisUpdate", rfc3339(crl.this_update)},
          {"complete", crl.is_complete},
          {"verified", crl.signature ? Json(*crl.signature == SignatureCheck::good) : Json(nullptr)},
          {"problems", problems}};
}

}  // namespace

std::string certificate_text(const CertificateReport& report, const TextStyle& style) { return Text(report, style).all(); }

std::string certificate_json(const CertificateReport& report) {
  const RevocationTally& tally = report.tally();
  Json faults = Json::array(), duplicates = Json::array(), crls = Json::array(), disagreeing = Json::array();
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
  for (const DisagreeingRow& each : tally.disagreeing())
    disagreeing.push_back({{"what", name(each.what)},
                           {"file", report.files[each.file]},
                           {"line", each.line},
                           {"listed", each.listed ? Json(rfc3339(*each.listed)) : Json(nullptr)}});
  Json disagreement_counts;
  for (const Disagreement each : disagreements) disagreement_counts[std::string(name(each))] = tally.count(each);
  const auto issued = [](const std::optional<Bounds>& bounds) { return bounds ? json_of(*bounds) : Json(nullptr); };
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
        {"nothing", tally.count(Claim::nothing)}}},
      {"precertificatePairs", tally.pairs()},
      {"precertificatesAlone", tally.only_precertificates()},
      {"firstIssued", issued(tally.first_issued())},
      {"lastIssued", issued(tally.last_issued())},
      {"judged", report.last_on_time ? json_of_judged(report) : Json(nullptr)},
      {"faults", faults},
      {"duplicates", {{"rows", report.lists.duplicate_rows}, {"certificates", report.lists.duplicated}, {"first", duplicates}}},
      {"crls", crls},
      {"againstCrls", {{"listed", tally.listed()}, {"disagreements", disagreement_counts}, {"first", disagreeing}}}};
  return json.dump(2, ' ', true, Json::error_handler_t::replace) + "\n";
}

}  // namespace cita
