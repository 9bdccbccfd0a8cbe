// Who is who in Bugzilla, as somebody who knows wrote it down; and what single comments are, where a reader took them wrongly.
//
//   roster: 1
//   people:
//     incidents@ca.example: {role: ca, name: Example CA}
//     rootstore@mozilla.example: {role: root-program, name: Mozilla}
//   domains:
//     auditor.example: {role: auditor}
//   comments:
//     "1619359":                        # the bug
//       "4": {kind: question}
//       "7": {kind: answer, to: [4]}
//
// Bugzilla itself says nothing about roles. A domain makes a role likely and never certain.
#pragma once

#include <cita/base/diagnostic.hpp>
#include <cita/model/event_kind.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cita {

/// What a comment is to the duties.
enum class CommentKind : std::uint8_t {
  preliminary_report,
  full_report,
  closure_request,
  revocation_progress,
  update,
  answer,
  acknowledgement,
  question,
  remark,  ///< of somebody who asks nothing
  administration,
};
/// "preliminary-report", …
std::string_view name(CommentKind kind);
std::optional<CommentKind> comment_kind(std::string_view name);

struct RosterEntry {
  Actor role = Actor::other;
  std::string name;  ///< of the CA or the root program
};

/// What somebody says of one comment.
struct CommentNote {
  std::optional<CommentKind> kind;
  std::vector<int> to;  ///< the comments that it answers
};

struct Roster {
  std::map<std::string, RosterEntry, std::less<>> people;   ///< by login
  std::map<std::string, RosterEntry, std::less<>> domains;  ///< beside those of the root programs
  std::map<std::int64_t, std::map<int, CommentNote>> comments;

  const CommentNote* note(std::int64_t bug, int comment) const;
};

/// Nothing is returned when there is an error.
std::optional<Roster> read_roster(std::shared_ptr<const Source> source, Diagnostics& diagnostics);

/// The root program to which a domain belongs; empty where it is none of theirs.
std::string_view root_program_of(std::string_view domain);

}  // namespace cita
