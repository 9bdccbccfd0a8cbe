#include <cita/base/suggest.hpp>
#include <cita/base/text.hpp>
#include <cita/input/roster.hpp>
#include <cita/input/words.hpp>

#include <algorithm>
#include <array>

namespace cita {

namespace {

using yaml::Fields;
using yaml::Node;

constexpr std::array<std::string_view, 10> kind_names = {
    "preliminary-report", "full-report", "closure-request", "revocation-progress", "update", "answer",
    "acknowledgement",    "question",    "remark",          "administration"};

constexpr std::int64_t most_comments = 1'000'000;

class Reader {
 public:
  Reader(Roster& roster, Diagnostics& diagnostics) : roster_(roster), diagnostics_(diagnostics) {}

  void read(Node root) {
    Fields fields(root, "a roster", diagnostics_);
    if (!fields.is_mapping()) return;
    const Node version = fields.required("roster", "start the file with 'roster: 1'");
    if (version && (!version.is_scalar() || version.text() != "1"))
      diagnostics_.error("unknown-version", version.span(), "this version of the format is not known", "write 'roster: 1'");
    each(fields.node("people"), "'people'", [&](const std::string& login, Node node) { roster_.people[login] = entry(node); });
    each(fields.node("domains"), "'domains'",
         [&](const std::string& domain, Node node) { roster_.domains[domain] = entry(node); });
    each(fields.node("comments"), "'comments'", [&](const std::string& bug, Node node) { read_bug(bug, node); });
    fields.done();
  }

 private:
  static std::optional<int> comment_number(std::string_view text) {
    const auto number = text::whole_number(text);
    return number && *number <= most_comments ? std::optional(static_cast<int>(*number)) : std::nullopt;
  }

  template <class Visit>
  void each(Node node, std::string_view what, Visit visit) {
    if (!node || node.is_null()) return;
    if (!node.is_mapping()) {
      diagnostics_.error("wrong-type", node.span(), std::string(what) + " has to be a mapping", "write each as 'NAME: {…}'");
      return;
    }
    for (std::size_t i = 0; i < node.size(); ++i) {
      key_ = node.key_span(i);
      visit(std::string(node.key(i)), node.item(i));
    }
  }

  RosterEntry entry(Node node) {
    RosterEntry entry;
    Fields fields(node, "an entry of the roster", diagnostics_);
    if (!fields.is_mapping()) return entry;
    if (const Node role = fields.required("role", "say who it is: 'role: ca'"))
      entry.role = input::read_word<Actor>(role, "'role'", diagnostics_).value_or(entry.role);
    entry.name = fields.text("name");
    fields.done();
    return entry;
  }

  void read_bug(const std::string& text, Node node) {
    const auto bug = text::whole_number(text);
    if (!bug)
      diagnostics_.error("not-a-number", key_, "'" + text + "' is no bug number", "write the number of the bug: \"1619359\"");
    each(node, "the comments of a bug", [&](const std::string& number, Node note) {
      const auto comment = comment_number(number);
      if (!comment)
        diagnostics_.error("not-a-number", key_, "'" + number + "' is no comment number", "write the number that the bug shows");
      CommentNote read;
      read_note(note, read);
      if (bug && comment) roster_.comments[*bug][*comment] = std::move(read);
    });
  }

  void read_note(Node node, CommentNote& note) {
    Fields fields(node, "a note on a comment", diagnostics_);
    if (!fields.is_mapping()) return;
    if (const Node kind = fields.node("kind"))
      if (const auto word = input::allowed_word(kind, "'kind'", kind_names, diagnostics_)) note.kind = comment_kind(*word);
    for (const std::string& text : fields.texts("to")) {
      const auto number = comment_number(text);
      if (number) note.to.push_back(*number);
      else
        diagnostics_.error("not-a-number", fields.node("to").span(), "'" + text + "' is no comment number",
                           "write the number that the bug shows");
    }
    fields.done();
  }

  Roster& roster_;
  Diagnostics& diagnostics_;
  Span key_;
};

}  // namespace

std::string_view name(CommentKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

std::optional<CommentKind> comment_kind(std::string_view name) {
  const auto found = std::find(kind_names.begin(), kind_names.end(), name);
  return found == kind_names.end() ? std::nullopt : std::optional(static_cast<CommentKind>(found - kind_names.begin()));
}

const CommentNote* Roster::note(std::int64_t bug, int comment) const {
  const auto of_bug = comments.find(bug);
  if (of_bug == comments.end()) return nullptr;
  const auto found = of_bug->second.find(comment);
  return found == of_bug->second.end() ? nullptr : &found->second;
}

std::string_view root_program_of(std::string_view domain) {
  constexpr std::array<std::array<std::string_view, 2>, 7> programs = {{
#define ROOT_PROGRAM_DOMAIN(domain, program) {domain, program},
#include <cita/input/root_program_domains.def>
#undef ROOT_PROGRAM_DOMAIN
  }};
  for (const auto& [known, program] : programs)
    if (domain == known) return program;
  return {};
}

std::optional<Roster> read_roster(std::shared_ptr<const Source> source, Diagnostics& diagnostics) {
  Roster roster;
  const std::size_t before = diagnostics.errors();
  const auto document = yaml::parse(std::move(source), diagnostics);
  if (document) Reader(roster, diagnostics).read(document->root());
  return diagnostics.errors() == before ? std::optional(std::move(roster)) : std::nullopt;
}

}  // namespace cita
