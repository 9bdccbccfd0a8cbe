// A bug as its record shows it, and what that means: who is who, what each comment is, which comment answers which, what was
// promised. Bugzilla says nothing of all that, so everything here says how sure it is.
//
//   const BugReading reading = read_bug(bug, roster);
//   reading.comments.front().kind          // CommentKind::preliminary_report
#pragma once

#include <cita/input/bugzilla_record.hpp>
#include <cita/input/event_words.hpp>
#include <cita/input/promises.hpp>
#include <cita/input/report_reader.hpp>
#include <cita/input/roster.hpp>

#include <memory>
#include <string>
#include <vector>

namespace cita {

/// Whom a login stands for, and why that is supposed.
struct Author {
  std::optional<Actor> role;  ///< nothing: nobody knows
  std::string name;           ///< of the CA or the root program, where known
  Certainty certainty = Certainty::unknown;
  std::string because;  ///< "the roster says so", "its domain is Mozilla's, which proves nothing"

  bool is(Actor actor) const { return role == actor; }
  bool is_surely(Actor actor) const { return is(actor) && certainty == Certainty::certain; }
  /// Whether it may be the CA's, for all that anybody knows.
  bool may_be_ca() const { return !role || is(Actor::ca) || certainty != Certainty::certain; }
};

/// A comment that another may be the answer to.
struct AnswerTo {
  int comment = 0;  ///< the number of the comment with the question
  Certainty certainty = Certainty::guess;
  std::string because;
};

/// `perhaps`: what it asks is quoted, or asked of everybody.
enum class Asking : std::uint8_t { nothing, perhaps, surely };

struct ReadComment {
  const RecordedComment* recorded = nullptr;
  Author author;
  CommentKind kind = CommentKind::remark;
  Certainty certainty = Certainty::guess;
  std::string because;                ///< why it is taken for that
  Asking asking = Asking::nothing;    ///< whether it asks something, whatever else it is
  bool asks_for_information = false;  ///< a needinfo flag of somebody who may be the CA was set with it
  bool asks_another = false;          ///< one of somebody else, and of nobody who may be the CA
  bool clears_request = false;        ///< a needinfo flag of somebody who may be the CA was cleared with it
  std::vector<AnswerTo> answers;
  std::vector<Promise> promises;
  std::shared_ptr<const Source> text;           ///< "bug 1619359 comment 4"
  std::shared_ptr<const ReportReading> report;  ///< when it follows a template

  int number() const { return recorded->number; }
};

/// A date that somebody put into the whiteboard.
struct NextUpdate {
  Instant set{};
  Author by;
  std::string login;
  std::string text;                  ///< "Next update 2026-12-15"
  std::optional<Stamp> date;         ///< nothing when it can be read in two ways or in none
  std::string problem;               ///< why it cannot be read
  std::optional<Instant> taken_out;  ///< when it was removed without another in its place
  Span span;
};

struct BugReading {
  const BugRecord* bug = nullptr;
  std::vector<ReadComment> comments;
  std::vector<NextUpdate> next_updates;
  std::shared_ptr<const Source> history;  ///< "bug 1619359 history": a line for each change
  std::vector<Span> changes;              ///< the line of each change

  Author author(const std::string& login) const;
  const ReadComment* comment(int number) const;
  /// The CA's latest report of a form ("full"); nothing when there is none.
  const ReadComment* latest_report(CommentKind kind) const;

  std::vector<std::pair<std::string, Author>> authors;
};

/// Reads a bug. The record has to outlive the reading.
BugReading read_bug(const BugRecord& bug, const Roster& roster);

}  // namespace cita
