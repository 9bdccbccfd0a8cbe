// Which edition of a duty asks: in force then, binding, about these certificates and this reason.
#include <cita/base/text.hpp>
#include <cita/rules/matter.hpp>
#include <cita/time/format.hpp>

#include <algorithm>

namespace cita {

namespace {

bool ask_the_same(const Edition& a, const Edition& b, bool may_be_short_lived) {
  return a.level == b.level && a.limit == b.limit &&
         std::equal(a.trigger.begin(), a.trigger.end(), b.trigger.begin(), b.trigger.end()) &&
         (a.short_lived_exempt == b.short_lived_exempt || !may_be_short_lived) && a.closure_stops == b.closure_stops &&
         a.closure_disputed == b.closure_disputed && a.next_update_suspends == b.next_update_suspends &&
         a.elective == b.elective && is_weak(a.confidence) == is_weak(b.confidence);
}

const ReasonItem* item_in(const Reason& reason, std::string_view epoch) {
  for (const ReasonItem& item : reason.items)
    if (item.epoch == epoch) return &item;
  return nullptr;
}

bool is_short_lived_for(const ShortLived& rule, const Certificate& certificate, Seconds difference) {
  // Both ends count: a difference of exactly the limit is a second too long.
  return rule.issued.contains(certificate.not_before->moment) == Truth::yes && difference + Seconds{1} <= rule.longest;
}

Truth is_short_lived(const Pack& pack, const Certificate& certificate) {
  if (!certificate.not_before || !certificate.not_after) return Truth::no;
  const Elapsed validity = elapsed(certificate.not_before->moment, certificate.not_after->moment);
  Truth any = Truth::no;
  for (const ShortLived& rule : pack.short_lived) {
    const bool at_most = is_short_lived_for(rule, certificate, validity.most),
               at_least = is_short_lived_for(rule, certificate, validity.least);
    any = any | (at_most ? Truth::yes : at_least ? Truth::unknown : Truth::no);
  }
  return any;
}

}  // namespace

bool EditionSearch::add(const Edition& edition, const std::optional<Moment>& when) {
  const Truth in_force = when ? edition.in_force.contains(*when) : Truth::unknown;
  if (in_force == Truth::no) return false;
  if (found_.edition == nullptr) {
    found_ = {&edition, in_force != Truth::yes};
    together_ = edition.in_force;
    return true;
  }
  if (when && ask_the_same(*found_.edition, edition, may_be_short_lived_) && together_.until == edition.in_force.from) {
    // Editions that ask the same and follow one another leave nothing open.
    together_.until = edition.in_force.until;
    found_.is_open = together_.contains(*when) != Truth::yes;
  } else {
    found_.is_open = true;
  }
  return false;
}

EditionChoice Matter::edition_at(const Moment& when) const {
  EditionSearch search = editions();
  for (const Edition& edition : duty.editions) search.add(edition, when);
  return search.found();
}

bool Matter::take(const Start& start) {
  const Edition* edition = start.choice.edition;
  verdict.edition = edition;
  if (edition == nullptr) {
    verdict.applicability = Applicability::not_in_force;
    verdict.applicability_because = "no edition of this rule was in force at " + show(start.told->moment);
    return false;
  }
  verdict.version = pack.version_at(start.told->moment.earliest());
  verdict.advisory = is_weak(edition->confidence);
  if (!edition->elective.empty())
    doubt("at that time a CA could follow another text instead: " + std::string(edition->elective),
          "which text the CA had chosen");
  if (start.choice.is_open) {
    verdict.notes.emplace_back("the start straddles the date on which the rule changed");
    doubt("the start straddles the date on which the rule changed",
          "a narrower time of " + (verdict.trigger ? verdict.trigger->what : std::string("the start")));
  }
  return bind(start.told->moment) && !is_exempt(*edition) && has_right_tier(start.told->moment);
}

std::vector<const Binding*> Matter::bindings() const {
  const auto& named = incident.root_programs;
  std::vector<const Binding*> all;
  for (const Binding& binding : pack.bindings) {
    const auto is_meant = [&binding](const std::string& program) { return is_same_program(program, binding.program); };
    const auto& about = binding.certificates;
    const bool is_about_these =
        about.empty() || !incident.certificates || std::find(about.begin(), about.end(), *incident.certificates) != about.end();
    if (is_about_these && (named.empty() || std::any_of(named.begin(), named.end(), is_meant))) all.push_back(&binding);
  }
  return all;
}

Truth Matter::is_bound(const Moment& when) const {
  if (pack.bindings.empty()) return Truth::yes;
  Truth any = Truth::no;
  for (const Binding* binding : bindings()) any = any | binding->in_force.contains(when);
  return any;
}

bool Matter::bind(const Moment& when) {
  const Truth any = is_bound(when);
  for (const Binding* binding : bindings())
    if (binding->in_force.contains(when) != Truth::no)
      verdict.bound_by.push_back(std::string(binding->program) + " (" + std::string(binding->document) + ")");
  if (any == Truth::unknown)
    doubt("the start straddles the date from which a root program binds CAs to " + std::string(pack.short_title),
          "a narrower time of the start");
  if (any != Truth::no) return true;
  verdict.applicability = Applicability::not_in_force;
  verdict.applicability_because = "no root program bound CAs to " + std::string(pack.short_title) + " at " + show(when);
  return false;
}

// Whether all of the certificates are short-lived, as far as they are listed.
Truth Matter::are_short_lived() const {
  const auto& certificates = certificates_of(incident, subject);
  const bool all_are_listed =
      certificates.list_file.empty() && certificates.total() == static_cast<std::int64_t>(certificates.listed.size());
  if (certificates.listed.empty() || !all_are_listed) return Truth::no;
  Truth all = Truth::yes;
  for (const Certificate& each : certificates.listed) all = all & is_short_lived(pack, each);
  return all;
}

EditionSearch Matter::editions() const { return EditionSearch(are_short_lived() != Truth::no); }

bool Matter::is_exempt(const Edition& edition) {
  if (!edition.short_lived_exempt) return false;
  const Truth all = are_short_lived();
  if (all == Truth::unknown)
    doubt("whether all certificates are short-lived depends on their exact validity", "notBefore and notAfter to the second");
  if (all == Truth::yes) not_applicable("all certificates are short-lived; they need not be revoked");
  return all == Truth::yes;
}

// The lists of reasons change: what stands among the 24 hours in one epoch stands among the 5 days in another.
bool Matter::has_right_tier(const Moment& when) {
  const Reason* why = reason();
  if (why == nullptr || duty.tier.empty()) return true;
  bool is_there = false, is_not_there = false;
  for (const ReasonEpoch& epoch : pack.reason_table(duty.reason_table)->epochs) {
    if (epoch.in_force.contains(when) == Truth::no) continue;
    const ReasonItem* item = item_in(*why, epoch.id);
    if (item == nullptr || item->tier != duty.tier) {
      is_not_there = true;
      continue;
    }
    if (!is_there)
      verdict.notes.push_back("reason: " + std::string(why->meaning) + " (" + std::string(epoch.section) + " item " +
                              std::to_string(item->item) + ")");
    is_there = true;
  }
  if (is_there && is_not_there)
    doubt("the start straddles the date on which the list of reasons changed", "a narrower time of the start");
  if (!is_there)
    not_applicable("on that date the reason '" + std::string(why->key) + "' does not stand among those of this duty");
  return is_there;
}

namespace {

// Whether nobody asked between a closure report and then. A question that comes later leaves open what is still due.
Truth is_unasked(const Moment& closed, const Moment& question, const Moment& when) {
  const Truth since = before(closed, question);
  if (since == Truth::no) return Truth::yes;
  return before(when, question) == Truth::no && since == Truth::yes ? Truth::no : Truth::unknown;
}

}  // namespace

Truth Matter::is_closed_at(const Edition& edition, const Moment& when) {
  if (!edition.closure_stops && !edition.closure_disputed) return Truth::no;
  const EventKind closure[] = {EventKind::closure_requested}, asked[] = {EventKind::question_asked};
  const std::vector<Told> questions = scene.occurrences(asked, Subject{}, Scope::everything);
  Truth any = Truth::no;
  for (const Told& closed : scene.occurrences(closure, Subject{}, Scope::everything)) {
    Truth holds = before(closed.moment, when) & (closed.certain ? Truth::yes : Truth::unknown);
    for (const Told& question : questions) holds = holds & is_unasked(closed.moment, question.moment, when);
    any = any | holds;
  }
  return edition.closure_disputed ? any & Truth::unknown : any;
}

}  // namespace cita
