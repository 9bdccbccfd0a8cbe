// What Bugzilla's REST interface says of bugs: who wrote what when, and who changed what. The record, as opposed to anybody's
// telling.
//
//   const std::vector<BugRecord> bugs = read_bugzilla({source}, diagnostics);
//
// An answer may hold bugs, comments, history and attachments together or apart, of one bug or of many, as `curl` or a browser
// saved it; what several answers say of one bug is put together. Saved with its header lines (`curl -i`), an answer also says
// when it was given.
#pragma once

#include <cita/base/diagnostic.hpp>
#include <cita/time/moment.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cita {

struct RecordedComment {
  std::int64_t id = 0;  ///< of the comment, in all of Bugzilla
  int number = 0;       ///< in its bug: 0 is the description; private ones leave gaps
  std::string author;   ///< the login of today
  Instant time{};
  std::string text;  ///< without the lines that Bugzilla adds
  std::optional<std::int64_t> attachment;
  std::vector<std::string> tags;
  bool is_private = false;
  /// When its text may have been written at the latest, where it is known to have been edited; open_future: nobody says when.
  std::optional<Instant> edited;
};

struct RecordedChange {
  Instant when{};
  std::string who;
  std::string field;  ///< "whiteboard", "status", "flagtypes.name"
  std::string removed, added;

  /// Bugzilla stores long values in pieces and puts them together with spaces that were not there.
  bool is_approximate() const;
};

struct RecordedAttachment {
  std::int64_t id = 0;
  std::string file_name, description, content_type, author;
  Instant created{};
  bool is_obsolete = false;
};

/// A flag that is still set; one that was cleared is only in the history.
struct OpenFlag {
  std::string name, setter, requestee;
  Instant set{};
};

struct BugRecord {
  std::int64_t id = 0;
  std::string summary, status, resolution, whiteboard, creator, assignee;
  Instant created{};
  Instant last_change{};         ///< the last thing that any of the answers shows
  std::optional<Instant> saved;  ///< when the answers were given, where they say so
  std::vector<OpenFlag> flags;
  std::vector<RecordedComment> comments;        ///< in the order of their numbers
  std::vector<RecordedChange> changes;          ///< in the order of their times
  std::vector<RecordedAttachment> attachments;  ///< in the order of their ids
  std::int64_t comment_count = 0;               ///< private ones included; 0 where the answers do not say
  bool has_fields = false, has_comments = false, has_history = false, has_attachments = false;

  bool is_open() const { return resolution.empty(); }
  const RecordedComment* comment(int number) const;
  /// The first comment number that is missing, because it is private or was not saved; nothing where there is no gap.
  std::optional<int> first_gap() const;
};

/// All bugs of the answers, in the order of their numbers. An answer that is none (HTML, an error, a broken file) is an error,
/// and so is a value of the wrong type; unknown keys are nobody's business.
std::vector<BugRecord> read_bugzilla(const std::vector<std::shared_ptr<const Source>>& answers, Diagnostics& diagnostics);

}  // namespace cita
