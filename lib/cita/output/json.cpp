// `--format json` (json-v1): everything a verdict rests on, with the arithmetic. schemas/check.schema.json describes it.
//
// Times are RFC 3339 in UTC, amounts of time whole seconds (positive: to spare, negative: late), an open side is null.
#include <cita/evidence/told_counts.hpp>
#include <cita/output/renderer.hpp>
#include <cita/output/result.hpp>
#include <cita/output/verification.hpp>
#include <cita/time/format.hpp>
#include <cita/version.hpp>

#include <nlohmann/json.hpp>

#include <limits>

namespace cita {

std::unique_ptr<Renderer> json_renderer(const TextStyle& style);

namespace {

using Json = nlohmann::ordered_json;

std::string dumped(const Json& json) { return json.dump(2, ' ', true, Json::error_handler_t::replace); }

Json of(Instant instant) { return instant <= open_past || instant >= open_future ? Json() : Json(rfc3339(instant)); }
Json of(Seconds seconds) { return seconds <= -unbounded || seconds >= unbounded ? Json() : Json(seconds.count()); }
Json of(const Moment& moment) {
  return {{"earliest", of(moment.earliest())}, {"latest", of(moment.latest())}, {"unit", name(moment.unit())}};
}
Json of(const Elapsed& elapsed) { return {{"least", of(elapsed.least)}, {"most", of(elapsed.most)}}; }
template <class T>
Json optional(const std::optional<T>& value) {
  return value ? of(*value) : Json();
}
template <class T>
Json plain(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}
Json date(Instant instant) { return instant <= open_past || instant >= open_future ? Json() : Json(show_date(instant)); }

Json of(const Span& span) {
  if (!span) return {};
  const Position begin = span.source->position(span.begin), end = span.source->position(span.end);
  return {{"file", span.source->name()},
          {"line", begin.line},
          {"column", begin.column},
          {"end_line", end.line},
          {"end_column", end.column}};
}

Json of(const std::vector<Related>& all) {
  Json json = Json::array();
  for (const Related& each : all) json.push_back({{"message", each.message}, {"place", of(each.span)}});
  return json;
}

Json of(const Diagnostic& diagnostic) {
  return {{"severity", name(diagnostic.severity)}, {"code", diagnostic.code}, {"message", diagnostic.message},
          {"place", of(diagnostic.span)},          {"help", diagnostic.help}, {"related", of(diagnostic.related)}};
}

Json of(const Fix& fix) {
  Json replacements = Json::array();
  for (const Fix::Replacement& each : fix.replacements) replacements.push_back({{"place", of(each.span)}, {"text", each.text}});
  return {{"description", fix.description}, {"replacements", replacements}};
}

Json of(const Result& result) {
  return {{"rule", result.id()},
          {"kind", name(result.kind)},
          {"level", name(result.level)},
          {"subject", result.subject},
          {"message", result.message},
          {"notes", result.notes},
          {"citation", result.citation},
          {"place", of(result.span)},
          {"related", of(result.related)},
          {"fingerprint", result.fingerprint},
          {"suppressed", result.suppressed ? Json(result.suppressed_because) : Json()},
          {"known", result.known},
          {"fix", result.fix ? of(*result.fix) : Json()}};
}

Json of(const Tally& t) {
  return {{"must_breached", t.must_breached},
          {"expected_breached", t.expected_breached},
          {"should_missed", t.should_missed},
          {"advisory", t.advisory},
          {"undetermined", t.undetermined},
          {"running", t.running},
          {"met", t.met},
          {"suppressed", t.suppressed},
          {"known", t.known},
          {"draft", t.drafted},
          {"not_judged", t.not_judged}};
}

Json of(const Belief& belief) { return {{"kind", belief.kind}, {"id", belief.id}, {"text", belief.text}}; }

class JsonRenderer final : public Renderer {
 public:
  std::string begin(const RunInfo& run) override {
    Json head = {{"format", "json-v1"},          {"cita", version},
                 {"as_of", rfc3339(run.as_of)},  {"as_of_origin", run.as_of_origin},
                 {"profile", name(run.profile)}, {"packs", run.catalog == nullptr ? Json::array() : packs(*run.catalog)}};
    std::string text = dumped(head);
    text.resize(text.size() - 2);  // the object stays open: "\n}" comes at the end
    return text + ",\n  \"incidents\": [";
  }

  std::string file(const RunInfo&, const FileReport& report) override {
    incident_ = report.incident;
    Json json = {{"file", report.file}, {"readable", report.is_readable()}};
    if (incident_ != nullptr) {
      json["title"] = incident_->title;
      json["bug"] = plain(incident_->bug);
      json["ca"] = {{"name", incident_->ca_name}, {"ccadb_id", incident_->ccadb_id}};
      json["embargoed"] = incident_->embargoed;
      json["accounts"] = accounts();
      json["summary"] = of(tally(*report.assessment));
      json["counts"] = Json::array();
      for (const DutyCount& each : duty_counts(*report.assessment))
        json["counts"].push_back(
            {{"duty", each.duty->id}, {"breached", each.breached}, {"of", each.of}, {"worst", optional(each.worst)}});
      json["judgements"] = Json::array();
      const auto& judgements = report.assessment->judgements;
      for (std::size_t i = 0; i < judgements.size(); ++i) {
        json["judgements"].push_back(judgement(judgements[i]));
        const auto* by_list = report.lists == nullptr ? nullptr : report.lists->of(i);
        if (by_list != nullptr) json["judgements"].back()["list"] = list(*by_list);
      }
      json["contradictions"] = Json::array();
      for (const Contradiction& each : report.assessment->contradictions) json["contradictions"].push_back(contradiction(each));
    }
    if (report.lists != nullptr) json["lists"] = {{"files", report.lists->files}, {"of_several_cases", report.lists->unassigned}};
    if (report.verification != nullptr) json["verification"] = verification(*report.verification);
    if (report.verification != nullptr && report.counts != nullptr)
      for (const evidence::HeldCount& each : *report.counts)
        json["verification"]["counts"].push_back(count(each, *report.verification));
    if (report.results != nullptr) {
      json["results"] = Json::array();
      for (const Result& each : *report.results) json["results"].push_back(of(each));
    }
    json["diagnostics"] = Json::array();
    if (report.diagnostics != nullptr)
      for (const Diagnostic& each : report.diagnostics->all()) json["diagnostics"].push_back(of(each));
    std::string text = report.index == 0 ? "\n" : ",\n";
    return text + dumped(json);
  }

  std::string end(const RunInfo&, const Outcome& outcome) override {
    Json tail = {{"summary", of(outcome.tally)}, {"files", outcome.files}};
    std::string text = dumped(tail);
    return "\n  ],\n" + text.substr(2) + "\n";
  }

 private:
  // ---- what lists of certificates add

  static Json list(const evidence::ListVerdict& verdict) {
    using evidence::CertificateStanding;
    return {{"files", verdict.files},
            {"rows", verdict.rows},
            {"met", verdict.count(CertificateStanding::met)},
            {"late", verdict.count(CertificateStanding::late)},
            {"not_revoked", verdict.count(CertificateStanding::not_revoked)},
            {"expired", verdict.count(CertificateStanding::expired)},
            {"short_lived", verdict.count(CertificateStanding::short_lived)},
            {"planned", verdict.count(CertificateStanding::planned)},
            {"running", verdict.count(CertificateStanding::running)},
            {"undetermined", verdict.count(CertificateStanding::undetermined)},
            {"late_p50", optional(verdict.median)},
            {"late_max", optional(verdict.longest)},
            {"latest", verdict.latest.empty() ? Json() : Json(verdict.latest)},
            {"contradicts", verdict.contradicts}};
  }

  Json count(const evidence::HeldCount& each, const Verification& v) const {
    constexpr std::uint64_t unknown = std::numeric_limits<std::uint64_t>::max();
    Json json = happening(each.event, v);
    json["counts"] = each.what == evidence::ToldFigure::What::total ? "all" : "revoked";
    json["told"] = each.told;
    json["found"] = {{"least", each.found.least}, {"most", each.found.most == unknown ? Json() : Json(each.found.most)}};
    json["outcome"] = name(each.outcome);
    json["because"] = each.because;
    json["place"] = of(event(each.event).span);
    return json;
  }

  // ---- what `cita verify` adds

  Json verification(const Verification& v) const {
    Json json = {{"account", v.against.empty() ? std::string() : account_name(v.against.front().account)},
                 {"against", Json::array()},
                 {"claims", Json::array()},
                 {"beyond", v.beyond},
                 {"questions", Json::array()},
                 {"promises", Json::array()},
                 {"action_items", Json::array()}};
    for (const HeldAgainst& each : v.against) json["against"].push_back(account_name(each.account));
    for (const Claim& each : v.claims) json["claims"].push_back(claim(each, v));
    for (const QuestionEntry& each : v.questions) {
      const Question& question = incident_->questions[static_cast<std::size_t>(each.question)];
      json["questions"].push_back({{"id", question.id},
                                   {"by", name(question.by)},
                                   {"text", question.text},
                                   {"asked", happening(each.asked, v)},
                                   {"replies", happenings(each.replies, v)},
                                   {"judgement", standing(each.judgement)}});
    }
    for (const PromiseEntry& each : v.promises) {
      const Commitment& commitment = incident_->commitments[static_cast<std::size_t>(each.commitment)];
      json["promises"].push_back({{"id", commitment.id},
                                  {"text", commitment.text},
                                  {"made", happening(each.made, v)},
                                  {"kept", happenings(each.kept, v)},
                                  {"judgement", standing(each.judgement)}});
    }
    for (const ActionItemEntry& each : v.action_items) {
      const ActionItem& item = incident_->action_items[static_cast<std::size_t>(each.action_item)];
      json["action_items"].push_back({{"id", item.id},
                                      {"text", item.text},
                                      {"status", item.status},
                                      {"due", item.due && !item.due->relative ? of(item.due->stamp.moment) : Json()},
                                      {"history", happenings(each.events, v)},
                                      {"judgement", standing(each.judgement)}});
    }
    return json;
  }

  const std::string& account_name(int account) const { return incident_->accounts[static_cast<std::size_t>(account)].name; }

  Json claim(const Claim& each, const Verification& v) const {
    const Event& event = incident_->events[static_cast<std::size_t>(each.event)];
    const Telling& telling = event.tellings[static_cast<std::size_t>(each.telling)];
    Json json = happening(each.event, v);
    json["account"] = account_name(telling.account);
    json["against"] = account_name(each.against);
    json["outcome"] = name(each.outcome);
    json["claimed"] = told_at(event, each.telling);
    json["recorded"] = each.other_telling == none ? Json() : told_at(event, each.other_telling);
    json["delta"] = optional(each.delta);
    json["decides"] = each.decides;
    json["place"] = of(telling.span);
    return json;
  }

  Json happening(int index, const Verification& v) const {
    if (index == none) return {};
    const Event& event = incident_->events[static_cast<std::size_t>(index)];
    const int comment = v.comment_of(index);
    return {{"event", event.id},
            {"kind", name(event.kind)},
            {"at", event.tellings.empty() ? Json() : told_at(event, 0)},
            {"comment", comment == none ? Json() : Json(comment)},
            {"link", permalink(*incident_, v, index)},
            {"unsure", event.unsure}};
  }
  Json happenings(const std::vector<int>& events, const Verification& v) const {
    Json all = Json::array();
    for (const int each : events) all.push_back(happening(each, v));
    return all;
  }

  static Json told_at(const Event& event, int telling) {
    const TimeRef& at = event.tellings[static_cast<std::size_t>(telling)].at;
    return at.relative ? Json() : of(at.stamp.moment);
  }

  static Json standing(const Judgement* judgement) {
    if (judgement == nullptr) return {};
    return {{"duty", judgement->duty->id},
            {"applicability", name(judgement->applicability)},
            {"standing", name(judgement->standing)},
            {"margin", optional(judgement->margin)}};
  }

  static Json packs(const Catalog& catalog) {
    Json all = Json::array();
    for (const Pack* pack : catalog.packs())
      all.push_back({{"id", pack->id},
                     {"title", pack->title},
                     {"checked_until", date(pack->checked_until)},
                     {"checked_version", pack->checked_version},
                     {"draft", pack->draft},
                     {"digest", pack->digest}});
    return all;
  }

  Json accounts() const {
    Json all = Json::array();
    for (const Account& each : incident_->accounts)
      all.push_back({{"name", each.name}, {"kind", name_of(each.kind)}, {"from", each.from}, {"zone", each.zone}});
    return all;
  }

  Json end_of(const std::optional<End>& end) const {
    if (!end) return {};
    Json json = {{"what", end->what}, {"moment", of(end->told.moment)}, {"certain", end->told.certain}};
    json["event"] = end->told.event == none ? Json() : Json(event(end->told.event).id);
    json["account"] = Json();
    json["as_written"] = Json();
    json["place"] = Json();
    json["assumptions"] = Json::array();
    if (end->told.event != none && end->told.telling != none) {
      const Telling& telling = event(end->told.event).tellings[static_cast<std::size_t>(end->told.telling)];
      json["account"] = incident_->accounts[static_cast<std::size_t>(telling.account)].name;
      json["place"] = of(telling.span);
      if (!telling.at.stamp.text.empty()) json["as_written"] = telling.at.stamp.text;
      for (const Assumption& each : telling.at.stamp.assumptions) json["assumptions"].push_back(each.text);
    }
    json["bounded_by"] = Json::array();
    for (const int each : end->told.from) json["bounded_by"].push_back(event(each).id);
    return json;
  }

  const Event& event(int index) const { return incident_->events[static_cast<std::size_t>(index)]; }

  static Json edition(const Verdict& verdict) {
    if (verdict.edition == nullptr) return {};
    const Edition& e = *verdict.edition;
    return {{"versions", e.versions},
            {"section", e.section},
            {"ballot", e.ballot},
            {"effective_from", date(e.in_force.from)},
            {"effective_until", date(e.in_force.until)},
            {"document_in_force", verdict.version == nullptr ? Json() : Json(verdict.version->version)},
            {"level", level_keys()[static_cast<std::size_t>(e.level)]},
            {"limit", describe(e.limit)},
            {"limit_seconds", e.limit.kind == LimitKind::elapsed ? Json(e.limit.amount) : Json()},
            {"boundary", e.limit.boundary == Boundary::inclusive ? "inclusive" : "strict"},
            {"confidence", name(e.confidence)},
            {"note", e.note}};
  }

  static std::vector<std::string> notes_of(const Verdict& v) {
    std::vector<std::string> notes = v.notes;
    for (const std::string& order : v.restraints) notes.push_back("restrained: " + order);
    return notes;
  }

  Json verdict(const Verdict& v) const {
    Json json = {{"applicability", name(v.applicability)},
                 {"applicability_because", v.applicability_because},
                 {"standing", name(v.standing)},
                 {"because", v.because},
                 {"would_decide", v.would_decide},
                 {"would_have_met", v.would_have_met},
                 {"edition", edition(v)},
                 {"bound_by", v.bound_by},
                 {"trigger", end_of(v.trigger)},
                 {"discharge", end_of(v.discharge)},
                 {"deadline", optional(v.deadline)},
                 {"margin", optional(v.margin)},
                 {"margin_text", margin_words(v)},
                 {"still_open", v.still_open},
                 {"announced", v.announced},
                 {"by_rounding", v.by_rounding},
                 {"at_boundary", v.at_boundary},
                 {"approximate", v.approximate},
                 {"advisory", v.advisory},
                 {"missing", v.missing},
                 {"done", plain(v.done)},
                 {"of", plain(v.of)},
                 {"notes", notes_of(v)}};
    json["cycles"] = Json::array();
    for (const Cycle& each : v.cycles)
      json["cycles"].push_back({{"from", of(each.from)},
                                {"to", optional(each.to)},
                                {"standing", name(each.standing)},
                                {"margin", optional(each.margin)}});
    return json;
  }

  Json subject(const Subject& s) const {
    const auto id = [](const auto& list, int index) {
      return index == none ? Json() : Json(list[static_cast<std::size_t>(index)].id);
    };
    Json json = {{"per", name(s.per)},
                 {"case", id(incident_->cases, s.in_case)},
                 {"cohort", id(incident_->cohorts, s.cohort)},
                 {"question", id(incident_->questions, s.question)},
                 {"action_item", id(incident_->action_items, s.action_item)},
                 {"commitment", id(incident_->commitments, s.commitment)},
                 {"event", id(incident_->events, s.event)},
                 {"addressee", s.addressee ? Json(name_of(*s.addressee)) : Json()},
                 {"ground", Json()},
                 {"text", describe(s, *incident_)}};
    if (s.ground != nullptr)
      json["ground"] = {{"reason", s.ground->reason}, {"by", name(s.ground->by)}, {"contested", s.ground->contested}};
    return json;
  }

  Json judgement(const Judgement& each) const {
    Json json = {{"duty", each.duty->id},
                 {"pack", each.pack->id},
                 {"title", each.duty->title},
                 {"subject", subject(each.subject)},
                 {"applicability", name(each.applicability)},
                 {"standing", name(each.standing)},
                 {"level", each.level ? Json(level_keys()[static_cast<std::size_t>(*each.level)]) : Json()},
                 {"citation", full_citation(each.shown())},
                 {"margin", optional(each.margin)},
                 {"margin_text", margin_words(each)},
                 {"draft", each.is_draft()},
                 {"finding", each.is_finding()},
                 {"governing", each.governing},
                 {"contested_earlier", each.contested_earlier},
                 {"suppressed", each.suppressed ? Json(each.suppressed_because) : Json()},
                 {"known", each.known},
                 {"fingerprint", fingerprint(each, *incident_)},
                 {"depends_on", each.depends_text}};
    if (!each.open_because.empty()) json["open_because"] = each.open_because;
    // The instant from which time alone, without a change of the file, gives another answer.
    const bool waits = each.standing == Standing::running && each.shown().deadline;
    json["changes_with_time_at"] = waits ? of(each.shown().deadline->earliest() + Seconds{1}) : Json();
    json["dependences"] = Json::array();
    for (const Dependence& dependence : each.depends_on) {
      Json alternatives = Json::array();
      for (const auto& all : dependence.alternatives) {
        Json beliefs = Json::array();
        for (const Belief& belief : all) beliefs.push_back(of(belief));
        alternatives.push_back(beliefs);
      }
      json["dependences"].push_back({{"standing", name(dependence.standing)}, {"only_if_any_of", alternatives}});
    }
    json["views"] = Json::array();
    for (const ViewVerdict& view : each.views) {
      Json beliefs = Json::array();
      for (const Belief& belief : view.beliefs) beliefs.push_back(of(belief));
      json["views"].push_back(
          {{"default_readings", view.default_readings}, {"beliefs", beliefs}, {"verdict", verdict(view.verdict)}});
    }
    return json;
  }

  Json contradiction(const Contradiction& each) const {
    const auto account = [this](int index) {
      return index == none ? Json() : Json(incident_->accounts[static_cast<std::size_t>(index)].name);
    };
    constexpr std::string_view kinds[] = {"time", "denial", "order", "duration"};
    return {{"kind", kinds[static_cast<std::size_t>(each.kind)]},
            {"event", event(each.event).id},
            {"other_event", each.other_event == none ? Json() : Json(event(each.other_event).id)},
            {"account", account(each.account)},
            {"other_account", account(each.other_account)},
            {"delta", optional(each.delta)},
            {"decides", each.decides},
            {"text", each.text},
            {"place", of(event(each.event).span)}};
  }

  const Incident* incident_ = nullptr;
};

}  // namespace

std::unique_ptr<Renderer> json_renderer(const TextStyle&) { return std::make_unique<JsonRenderer>(); }

}  // namespace cita
