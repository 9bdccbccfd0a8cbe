// packc OUT.cpp DIGEST FILE=DIGEST… --templates FILE…: compiles policy packs and report templates into constant tables, so that a
// run of cita parses none of them.
#include <cita/policy/catalog.hpp>
#include <cita/policy/pack_file.hpp>
#include <cita/policy/report_template.hpp>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>

namespace cita {
// The tables are what this program makes; it has none itself.
std::span<const Pack> built_in_packs() { return {}; }
std::string_view digest_of_built_in_packs() { return {}; }
std::span<const ReportTemplate> built_in_templates() { return {}; }
}  // namespace cita

namespace {

using namespace cita;

// Writes C++ whose value is what it is given. Arrays become static tables of their own, written before their users.
class Emitter {
 public:
  std::string pack(const Pack& p) {
    return "{" +
           join({text(p.id), text(p.title), text(p.short_title), text(p.publisher), text(p.url), flag(p.draft),
                 instant(p.checked_until), text(p.checked_version), text(p.checked_note),
                 table("DocumentVersion", p.versions, &Emitter::version), table("Binding", p.bindings, &Emitter::binding),
                 table("Reading", p.readings, &Emitter::reading), table("ReasonTable", p.reason_tables, &Emitter::reason_table),
                 table("ShortLived", p.short_lived, &Emitter::short_lived), table("Duty", p.duties, &Emitter::duty),
                 text(p.digest)}) +
           "}";
  }
  std::string report_template(const ReportTemplate& t) {
    return "{" +
           join({text(t.id), text(t.title), text(t.url), table("TemplateEdition", t.editions, &Emitter::template_edition),
                 table("TemplateWord", t.words, &Emitter::template_word),
                 table("AllowedValue", t.allowed, &Emitter::allowed_value), texts(t.placeholders),
                 table("AskedCheck", t.checks, &Emitter::asked_check), table("ReportForm", t.forms, &Emitter::report_form),
                 t.links_from ? std::to_string(*t.links_from) : "std::nullopt"}) +
           "}";
  }
  const std::string& tables() const { return out_; }

 private:
  static std::string join(std::initializer_list<std::string> parts) {
    std::string result;
    for (const std::string& part : parts) result += (result.empty() ? "" : ", ") + part;
    return result;
  }

  static std::string text(std::string_view value) {
    std::string result = "\"";
    for (const char c : value) {
      const auto byte = static_cast<unsigned char>(c);
      char escaped[8];
      if (c == '"' || c == '\\') result += {'\\', c};
      else if (byte < 0x20 || byte > 0x7E) std::snprintf(escaped, sizeof escaped, "\\%03o", byte), result += escaped;
      else result += c;
    }
    return result + "\"sv";
  }
  static std::string flag(bool value) { return value ? "true" : "false"; }
  static std::string instant(Instant value) {
    if (value >= open_future) return "open_future";
    if (value <= open_past) return "open_past";
    return "Instant{Seconds{" + std::to_string(value.time_since_epoch().count()) + "}}";
  }
  static std::string period(const Period& p) { return "Period{" + instant(p.from) + ", " + instant(p.until) + "}"; }
  template <class Enumeration>
  static std::string code(const char* type, Enumeration value) {
    return std::string("static_cast<") + type + ">(" + std::to_string(static_cast<int>(value)) + ")";
  }

  template <class T>
  std::string table(const std::string& type, std::span<const T> values, std::string (Emitter::*emit)(const T&)) {
    if (values.empty()) return "{}";
    std::string body;
    for (const T& value : values) body += "  " + (this->*emit)(value) + ",\n";
    std::string name = "table_" + std::to_string(++tables_made_);
    out_ += "constexpr " + type + " " + name + "[] = {\n" + body + "};\n";
    return name;
  }

  std::string plain(const std::string_view& value) { return text(value); }
  std::string kind(const EventKind& value) { return code("EventKind", value); }
  std::string use(const CertificateUse& value) { return code("CertificateUse", value); }
  std::string addressee(const Addressee& value) { return code("Addressee", value); }
  std::string texts(std::span<const std::string_view> values) { return table("std::string_view", values, &Emitter::plain); }
  std::string kinds(std::span<const EventKind> values) { return table("EventKind", values, &Emitter::kind); }

  std::string version(const DocumentVersion& v) {
    return "{" + join({text(v.version), instant(v.in_force), text(v.ballot)}) + "}";
  }
  std::string binding(const Binding& b) {
    return "{" +
           join({text(b.program), period(b.in_force), text(b.document), text(b.text),
                 table("CertificateUse", b.certificates, &Emitter::use)}) +
           "}";
  }
  std::string option(const ReadingOption& o) {
    return "{" + join({text(o.id), text(o.text), flag(o.is_default), flag(o.is_reviewers), code("OptionEffect", o.effect)}) + "}";
  }
  std::string reading(const Reading& r) {
    return "{" +
           join({text(r.id), text(r.question), table("ReadingOption", r.options, &Emitter::option), texts(r.sources),
                 flag(r.fixed)}) +
           "}";
  }
  std::string short_lived(const ShortLived& s) {
    return "{" + period(s.issued) + ", Seconds{" + std::to_string(s.longest.count()) + "}}";
  }
  std::string epoch(const ReasonEpoch& e) {
    return "{" + join({text(e.id), period(e.in_force), text(e.versions), text(e.section), code("Confidence", e.confidence)}) +
           "}";
  }
  std::string item(const ReasonItem& i) { return "{" + join({text(i.epoch), text(i.tier), std::to_string(i.item)}) + "}"; }
  std::string reason(const Reason& r) {
    return "{" +
           join({text(r.key), text(r.meaning), kinds(r.trigger), table("ReasonItem", r.items, &Emitter::item),
                 r.crl_reason ? code("CrlReason", *r.crl_reason) : "std::nullopt", text(r.note)}) +
           "}";
  }
  std::string reason_table(const ReasonTable& t) {
    return "{" +
           join({text(t.id), text(t.title), table("ReasonEpoch", t.epochs, &Emitter::epoch),
                 table("Reason", t.reasons, &Emitter::reason), instant(t.crl_reasons_from)}) +
           "}";
  }
  std::string option_kinds(const OptionKinds& o) { return "{" + join({text(o.reading), text(o.option), kinds(o.kinds)}) + "}"; }
  std::string selector(const Selector& s) {
    return "Selector{" +
           join({kinds(s.kinds), table("OptionKinds", s.by_option, &Emitter::option_kinds), flag(s.by_ground), texts(s.missed),
                 kinds(s.by_then), kinds(s.perhaps), flag(s.after_trigger)}) +
           "}";
  }
  std::string condition(const Condition& c) {
    return "Condition{" +
           join({code("ConditionKind", c.kind), code("Attribute", c.attribute), text(c.value),
                 table("Condition", c.of, &Emitter::condition)}) +
           "}";
  }
  std::string limit(const Limit& l) {
    return "Limit{" +
           join({code("LimitKind", l.kind), std::to_string(l.amount), code("Boundary", l.boundary), flag(l.written_in_days)}) +
           "}";
  }
  std::string edition(const Edition& e) {
    return "{" +
           join({period(e.in_force), text(e.versions), text(e.section), text(e.ballot), code("RequirementLevel", e.level),
                 limit(e.limit), code("Confidence", e.confidence), text(e.note), kinds(e.trigger), flag(e.short_lived_exempt),
                 flag(e.closure_stops), flag(e.closure_disputed), flag(e.next_update_suspends), text(e.elective)}) +
           "}";
  }
  std::string duty(const Duty& d) {
    return "{" +
           join({text(d.id),
                 text(d.title),
                 text(d.text),
                 code("Pattern", d.pattern),
                 code("Per", d.per),
                 text(d.who),
                 table("Addressee", d.addressees, &Emitter::addressee),
                 condition(d.applies),
                 text(d.reason_table),
                 text(d.tier),
                 selector(d.trigger),
                 selector(d.discharge),
                 selector(d.stop),
                 kinds(d.elements),
                 flag(d.expiry_discharges),
                 code("EditionSelector", d.selects_edition),
                 texts(d.readings),
                 text(d.rule),
                 text(d.example),
                 table("Edition", d.editions, &Emitter::edition)}) +
           "}";
  }

  std::string template_edition(const TemplateEdition& e) {
    return "{" +
           join({text(e.id), period(e.in_force), text(e.closure_needinfo),
                 e.usable_until ? instant(*e.usable_until) : "std::nullopt", e.columns_in_order ? "true" : "false"}) +
           "}";
  }
  std::string template_word(const TemplateWord& w) { return "{" + join({text(w.key), text(w.text)}) + "}"; }
  std::string allowed_value(const AllowedValue& a) {
    return "{" + join({code("ReportValue", a.value), texts(a.one_of), text(a.pattern)}) + "}";
  }
  std::string asked_check(const AskedCheck& c) {
    return "{" + join({text(c.check), code("RequirementLevel", c.level), text(c.section)}) + "}";
  }
  std::string report_form(const ReportForm& f) {
    return "{" +
           join({code("FormKind", f.kind), texts(f.editions), text(f.bug_title), kinds(f.since),
                 table("ReportBlock", f.blocks, &Emitter::report_block)}) +
           "}";
  }
  std::string report_column(const ReportColumn& c) {
    return "{" + join({text(c.heading), code("ReportValue", c.value), code("Needed", c.needed), texts(c.also)}) + "}";
  }
  std::string expected_entry(const ExpectedEntry& e) {
    return "{" +
           join({text(e.text), code("Needed", e.needed), kinds(e.events), table("Addressee", e.to, &Emitter::addressee),
                 texts(e.mentions)}) +
           "}";
  }
  std::string report_block(const ReportBlock& b) {
    return "{" +
           join({code("BlockKind", b.kind), std::to_string(b.level), text(b.text), code("ReportValue", b.value),
                 code("Needed", b.needed), kinds(b.events), table("ReportColumn", b.columns, &Emitter::report_column),
                 table("ReportBlock", b.blocks, &Emitter::report_block), flag(b.is_own), texts(b.also), texts(b.phrases),
                 table("ExpectedEntry", b.expects, &Emitter::expected_entry)}) +
           "}";
  }

  std::string out_;
  int tables_made_ = 0;
};

void report(const Diagnostics& diagnostics) {
  for (const Diagnostic& each : diagnostics.all()) {
    const Position at = each.span ? each.span.source->position(each.span.begin) : Position{};
    std::cerr << (each.span ? each.span.source->name() : "pack") << ':' << at.line << ':' << at.column << ": "
              << name(each.severity) << ": " << each.message << (each.help.empty() ? "" : "\n  help: " + each.help) << '\n';
  }
}

std::shared_ptr<const Source> source_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream content;
  content << in.rdbuf();
  if (!in) std::cerr << path << ": cannot be read\n";
  return in ? std::make_shared<const Source>(path, content.str()) : nullptr;
}

// Reads one file and adds its value to the entries of a table; false when it is wrong.
bool add_pack(const std::string& argument, Emitter& emitter, std::string& entries) {
  const std::size_t equals = argument.rfind('=');
  const auto source = source_of(argument.substr(0, equals));
  if (!source) return false;
  Diagnostics diagnostics;
  const auto file = read_pack(source, diagnostics);
  report(diagnostics);
  if (!file) return false;
  file->pack.digest = file->storage.keep(argument.substr(equals + 1));
  entries += "  " + emitter.pack(file->pack) + ",\n";
  return true;
}

bool add_template(const std::string& path, Emitter& emitter, std::string& entries) {
  const auto source = source_of(path);
  if (!source) return false;
  Diagnostics diagnostics;
  const auto file = read_template(source, diagnostics);
  report(diagnostics);
  if (file) entries += "  " + emitter.report_template(file->form) + ",\n";
  return file != nullptr;
}

// A constant array, and the function that gives it out.
std::string array(const std::string& type, const std::string& name, const std::string& entries) {
  return entries.empty() ? std::string() : "constexpr " + type + " " + name + "[] = {\n" + entries + "};\n";
}
std::string getter(const std::string& type, const std::string& name, const std::string& array, const std::string& entries) {
  return "std::span<const " + type + "> " + name + "() { return " + (entries.empty() ? "{}" : array) + "; }\n";
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) return 2;
  Emitter emitter;
  std::string packs;
  std::string templates;
  bool good = true;
  bool are_templates = false;
  for (int i = 3; i < count; ++i) {
    const std::string argument = arguments[i];
    if (argument == "--templates") are_templates = true;
    else good = (are_templates ? add_template(argument, emitter, templates) : add_pack(argument, emitter, packs)) && good;
  }
  if (!good) return 1;
  std::ofstream out(arguments[1], std::ios::binary);
  out << "// Made by packc from lib/packs and lib/templates; not to be edited.\n"
         "#include <cita/policy/catalog.hpp>\n#include <cita/policy/report_template.hpp>\n\n"
         "namespace cita {\nnamespace {\nusing namespace std::string_view_literals;\n"
      << emitter.tables() << array("Pack", "all_packs", packs) << array("ReportTemplate", "all_templates", templates)
      << "}  // namespace\n"
      << getter("Pack", "built_in_packs", "all_packs", packs) << "std::string_view digest_of_built_in_packs() { return \""
      << arguments[2] << "\"; }\n"
      << getter("ReportTemplate", "built_in_templates", "all_templates", templates) << "}  // namespace cita\n";
  return out ? 0 : 1;
}
