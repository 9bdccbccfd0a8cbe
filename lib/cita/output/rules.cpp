#include <cita/base/text.hpp>
#include <cita/output/rules.hpp>
#include <cita/time/format.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace cita {

namespace {

using Json = nlohmann::ordered_json;

bool is_named(const Binding& binding, const RuleQuery& query) {
  return query.program.empty() || is_same_program(binding.program, query.program);
}

bool is_bound(const Pack& pack, const RuleQuery& query) {
  if (pack.bindings.empty()) return true;
  return std::any_of(pack.bindings.begin(), pack.bindings.end(), [&query](const Binding& binding) {
    return is_named(binding, query) && (query.all || binding.in_force.contains(Moment::exact(query.on)) == Truth::yes);
  });
}

const Edition* edition_on(const Duty& duty, Instant on) {
  const Edition* found = nullptr;
  for (const Edition& edition : duty.editions)
    if (edition.in_force.contains(Moment::exact(on)) == Truth::yes) found = &edition;
  return found;
}

std::string level_of(const Edition& edition) {
  return std::string(name(edition.level)) + (is_weak(edition.confidence) ? " (advisory)" : "");
}

std::string version_of(const DocumentVersion* version) {
  return version == nullptr ? std::string() : std::string(version->version);
}

std::string heading(const RuleOnDate& rule) {
  std::string text(rule.pack->short_title);
  if (rule.version != nullptr) text += " " + version_of(rule.version) + ", in force since " + show_date(rule.version->in_force);
  if (rule.pack->draft) text += ", DRAFT, not in force";
  return text;
}

// A date after the facts were checked is a date of which nothing was checked.
std::string remark(const RuleOnDate& rule, Instant on) {
  if (rule.pack->checked_until >= on) return {};
  return "checked up to " + show_date_or(rule.pack->checked_until, "today") + " only";
}

std::string cell(std::string_view untrusted) {
  std::string out;
  for (const char c : text::shown(untrusted)) {
    if (c == '|' || c == '<' || c == '*' || c == '[' || c == '`') out += '\\';
    out += c;
  }
  return out.empty() ? "–" : out;
}

Json json_of(const Edition& edition) {
  const auto date = [](Instant instant) {
    return instant <= open_past || instant >= open_future ? Json() : Json(show_date(instant));
  };
  return {{"effective", date(edition.in_force.from)},
          {"until", date(edition.in_force.until)},
          {"versions", edition.versions},
          {"section", edition.section},
          {"ballot", edition.ballot},
          {"level", level_keys()[static_cast<std::size_t>(edition.level)]},
          {"limit", describe(edition.limit)},
          {"confidence", name(edition.confidence)},
          {"note", edition.note}};
}

struct Change {
  std::string what, before, after;
};

std::vector<Change> changes(const Duty& duty, const Edition& before, const Edition& after) {
  std::vector<Change> all;
  const auto compare = [&all](const char* what, std::string a, std::string b) {
    if (a != b) all.push_back({what, a.empty() ? "none" : std::move(a), b.empty() ? "none" : std::move(b)});
  };
  const auto kinds = [&duty](const Edition& edition) {
    std::string text;
    for (const EventKind kind : edition.trigger.empty() ? duty.trigger.kinds : edition.trigger)
      text += (text.empty() ? "" : ", ") + std::string(name(kind));
    return text;
  };
  compare("level", level_of(before), level_of(after));
  compare("limit", describe(before.limit), describe(after.limit));
  compare("section", std::string(before.section), std::string(after.section));
  compare("counts from", kinds(before), kinds(after));
  compare("instead of it", std::string(before.elective), std::string(after.elective));
  compare("short-lived certificates", before.short_lived_exempt ? "exempt" : "", after.short_lived_exempt ? "exempt" : "");
  compare("after a closure report", before.closure_stops ? "not due" : "", after.closure_stops ? "not due" : "");
  compare("a Next update date", before.next_update_suspends ? "suspends it" : "",
          after.next_update_suspends ? "suspends it" : "");
  compare("note", std::string(before.note), std::string(after.note));
  return all;
}

// When a rule that is new came: to the document, or to those whom a root program binds to it.
std::string since(const Pack& pack, const Duty& duty, Instant after, bool was_bound, const RuleQuery& now) {
  if (!was_bound)
    for (const Binding& binding : pack.bindings)
      if (is_named(binding, now) && binding.in_force.contains(Moment::exact(now.on)) == Truth::yes)
        return ", binding since " + show_date(binding.in_force.from);
  for (const Edition& edition : duty.editions)
    if (edition.in_force.from > after) return ", since " + show_date(edition.in_force.from);
  return {};
}

// The binding of a program that is in force; nothing where none is.
const Binding* binding_on(const Pack& pack, std::string_view program, Instant on) {
  const auto found = std::find_if(pack.bindings.begin(), pack.bindings.end(), [&](const Binding& each) {
    return each.program == program && each.in_force.contains(Moment::exact(on)) == Truth::yes;
  });
  return found == pack.bindings.end() ? nullptr : &*found;
}

std::string wrapped_line(std::string_view first, std::string_view content, const TextStyle& style) {
  std::string out;
  const int indent = text::width(first);
  for (const std::string& line : text::wrapped(text::shown(content), std::max(24, style.width - indent)))
    out += (out.empty() ? std::string(first) : std::string(static_cast<std::size_t>(indent), ' ')) + line + "\n";
  return out;
}

// Programs that came to bind their CAs to a document that bound others before and after, and those that ceased to.
std::string change_of_programs(const Pack& pack, const RuleQuery& from, const RuleQuery& to, const TextStyle& style) {
  std::string out;
  std::vector<std::string_view> seen;
  for (const Binding& each : pack.bindings) {
    if (!is_named(each, to) || std::find(seen.begin(), seen.end(), each.program) != seen.end()) continue;
    seen.push_back(each.program);
    const Binding *before = binding_on(pack, each.program, from.on), *after = binding_on(pack, each.program, to.on);
    const std::string program(each.program);
    if (before == nullptr && after != nullptr)
      out += coloured("+ " + program, Colour::green, style) + "\n" +
             wrapped_line("    ", "binds its CAs to it since " + show_date(after->in_force.from), style);
    if (before != nullptr && after == nullptr)
      out += coloured("- " + program, Colour::red, style) + "\n" +
             wrapped_line("    ", "bound its CAs to it until " + show_date(before->in_force.until), style);
  }
  return out;
}

}  // namespace

std::vector<RuleOnDate> rules_on(const Catalog& catalog, const RuleQuery& query) {
  std::vector<RuleOnDate> all;
  for (const Pack* pack : catalog.packs()) {
    if (!is_bound(*pack, query)) continue;
    for (const Duty& duty : pack->duties) {
      const Edition* edition = edition_on(duty, query.on);
      if (edition != nullptr || query.all) all.push_back({pack, &duty, edition, pack->version_at(query.on)});
    }
  }
  return all;
}

std::string rules_text(const Catalog& catalog, const RuleQuery& query, const TextStyle& style) {
  std::string out;
  const Pack* pack = nullptr;
  std::vector<std::vector<std::string>> rows;
  const auto flush = [&] {
    if (!rows.empty()) out += table(rows, style);
    rows.clear();
  };
  for (const RuleOnDate& rule : rules_on(catalog, query)) {
    if (rule.pack != pack) {
      flush();
      pack = rule.pack;
      out += (out.empty() ? "" : "\n") + coloured(heading(rule), Colour::bold, style) + "\n";
      if (const std::string only = remark(rule, query.on); !only.empty()) out += "  " + only + "\n";
      rows.push_back({"rule", "level", "limit", "section"});
    }
    if (rule.edition == nullptr) rows.push_back({std::string(rule.duty->id), "not in force", "", ""});
    else
      rows.push_back({std::string(rule.duty->id), level_of(*rule.edition), describe(rule.edition->limit),
                      text::shown(rule.edition->section)});
  }
  flush();
  return out;
}

std::string rules_markdown(const Catalog& catalog, const RuleQuery& query) {
  std::string out;
  const Pack* pack = nullptr;
  for (const RuleOnDate& rule : rules_on(catalog, query)) {
    if (rule.pack != pack) {
      pack = rule.pack;
      out += (out.empty() ? "## " : "\n## ") + cell(heading(rule)) + "\n\n";
      if (const std::string only = remark(rule, query.on); !only.empty()) out += only + "\n\n";
      out += "| rule | what | level | limit | section |\n|---|---|---|---|---|\n";
    }
    out += "| [" + std::string(rule.duty->id) + "](" + std::string(rule.duty->id) + ".md) | " + cell(rule.duty->title) + " | ";
    if (rule.edition == nullptr) out += "not in force | – | – |\n";
    else
      out += cell(level_of(*rule.edition)) + " | " + cell(describe(rule.edition->limit)) + " | " + cell(rule.edition->section) +
             " |\n";
  }
  return out;
}

std::string rules_json(const Catalog& catalog, const RuleQuery& query) {
  Json all = Json::array();
  for (const RuleOnDate& rule : rules_on(catalog, query)) {
    Json bindings = Json::array();
    for (const Binding& binding : rule.pack->bindings)
      if (binding.in_force.contains(Moment::exact(query.on)) == Truth::yes) bindings.push_back(binding.program);
    all.push_back({{"rule", rule.duty->id},
                   {"pack", rule.pack->id},
                   {"pack_digest", rule.pack->digest},
                   {"title", rule.duty->title},
                   {"document", rule.pack->short_title},
                   {"version_in_force", version_of(rule.version)},
                   {"draft", rule.pack->draft},
                   {"bound_by", bindings},
                   {"edition", rule.edition == nullptr ? Json() : json_of(*rule.edition)}});
  }
  return all.dump(2, ' ', true, Json::error_handler_t::replace) + "\n";
}

std::string rules_difference(const Catalog& catalog, const RuleQuery& from, const RuleQuery& to, const TextStyle& style) {
  std::string out;
  for (const Pack* pack : catalog.packs()) {
    const bool was_bound = is_bound(*pack, from), is_now = is_bound(*pack, to);
    std::string of_pack = was_bound && is_now ? change_of_programs(*pack, from, to, style) : std::string();
    for (const Duty& duty : pack->duties) {
      const Edition* before = was_bound ? edition_on(duty, from.on) : nullptr;
      const Edition* after = is_now ? edition_on(duty, to.on) : nullptr;
      if (before == after) continue;
      const std::string id(duty.id);
      if (before == nullptr) {
        of_pack += coloured("+ " + id, Colour::green, style) + "\n" +
                   wrapped_line("    ",
                                level_of(*after) + ", " + describe(after->limit) + ", section " + std::string(after->section) +
                                    since(*pack, duty, from.on, was_bound, to),
                                style);
      } else if (after == nullptr) {
        of_pack += coloured("- " + id, Colour::red, style) + "\n" +
                   wrapped_line("    ", "until " + show_date_or(before->in_force.until, "the binding ended"), style);
      } else if (const auto all = changes(duty, *before, *after); !all.empty()) {
        of_pack += coloured("~ " + id, Colour::yellow, style) + "\n";
        for (const Change& change : all)
          of_pack += wrapped_line("    ", change.what + ": " + change.before + " → " + change.after, style);
      }
    }
    if (of_pack.empty()) continue;
    const DocumentVersion *before = pack->version_at(from.on), *after = pack->version_at(to.on);
    std::string head(pack->short_title);
    if (after != nullptr)
      head +=
          before == after || before == nullptr ? " " + version_of(after) : " " + version_of(before) + " → " + version_of(after);
    out += (out.empty() ? "" : "\n") + coloured(head, Colour::bold, style) + "\n" + of_pack;
  }
  return out;
}

std::string rule_page(const Duty& duty, const Pack& pack) {
  const auto heading = [](std::string_view text) { return "\n## " + std::string(text) + "\n\n"; };
  std::string out = "# " + cell(duty.title) + "\n\n`" + std::string(duty.id) + "` · " + cell(pack.title) +
                    (pack.publisher.empty() ? "" : " (" + cell(pack.publisher) + ")") +
                    (pack.draft ? " · DRAFT, not in force" : "") + "\n\n" + cell(duty.text) + "\n\n";
  if (!duty.who.empty()) out += "Owed by the " + cell(duty.who) + ". ";
  out += "Facts checked up to " + show_date_or(pack.checked_until, "today") +
         (pack.checked_version.empty() ? "" : ", version " + cell(pack.checked_version)) + ".\n";
  if (!duty.example.empty()) out += "\nExample: " + cell(duty.example) + "\n";
  out += heading("Editions") +
         "| effective | until | versions | section | brought by | level | limit | remark |\n|---|---|---|---|---|---|---|---|\n";
  for (const Edition& e : duty.editions) {
    std::string remark(e.note);
    if (!e.elective.empty()) remark += (remark.empty() ? "" : " ") + ("Could be replaced by: " + std::string(e.elective) + ".");
    out += "| " + show_date_or(e.in_force.from, "always") + " | " + show_date_or(e.in_force.until, "now") + " | " +
           cell(e.versions) + " | " + cell(e.section) + " | " + cell(e.ballot) + " | " + cell(level_of(e)) + " | " +
           cell(describe(e.limit)) + " | " + cell(remark) + " |\n";
  }
  if (!pack.bindings.empty()) {
    out += heading("Who is bound") + "| root program | from | until | by | what |\n|---|---|---|---|---|\n";
    for (const Binding& b : pack.bindings)
      out += "| " + cell(b.program) + " | " + show_date_or(b.in_force.from, "always") + " | " +
             show_date_or(b.in_force.until, "now") + " | " + cell(b.document) + " | " + cell(b.text) + " |\n";
  }
  std::string readings;
  for (const std::string_view id : duty.readings) {
    const Reading* reading = pack.reading(id);
    if (reading == nullptr) continue;
    readings += "\n**" + cell(reading->question) + "** (`" + std::string(reading->id) + "`)\n\n";
    for (const ReadingOption& option : reading->options)
      readings += "- `" + std::string(option.id) + "`" +
                  (!option.is_default ? ""
                   : reading->fixed   ? " (always taken)"
                                      : " (default)") +
                  ": " + cell(option.text) + "\n";
    for (const std::string_view source : reading->sources) readings += "- source: " + cell(source) + "\n";
  }
  if (!readings.empty()) out += "\n## Readings\n" + readings;
  return out;
}

std::string pack_digests(const Catalog& catalog) {
  std::string out;
  for (const Pack* pack : catalog.packs()) out += std::string(pack->digest) + "  " + std::string(pack->id) + "\n";
  out += std::string(digest_of_built_in_packs()) + "  (all that are built in)\n";
  return out;
}

}  // namespace cita
