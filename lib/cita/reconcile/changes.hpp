// What changed between two versions of an incident, and what of it owes an explanation.
//
//   for (const Change& each : changes_between(old_version, new_version)) …
//
// The guidelines ask that a statement about impact that was wrong is corrected in the open: what changed, when that was
// noticed, and why it was wrong. A change of a time or a number is such a statement; a status that moves on is not.
#pragma once

#include <cita/model/incident.hpp>

#include <string>
#include <vector>

namespace cita {

enum class ChangeKind : std::uint8_t {
  time,     ///< an event's time moved
  added,    ///< something is new
  removed,  ///< something is gone
  number,   ///< a number of certificates changed
  due,      ///< an action item's due date changed
  status,   ///< an action item's status changed
  text,     ///< a field says something else
};

/// "time", "added", …
std::string_view name(ChangeKind kind);

struct Change {
  ChangeKind kind = ChangeKind::text;
  std::string what;    ///< "revocation: All certificates revoked"
  std::string before;  ///< empty: there was none
  std::string after;   ///< empty: there is none
  Span old_place, new_place;
  bool owes_explanation = false;
  bool explained = false;       ///< whether the new version speaks of the old value and of a correction
  std::string explained_where;  ///< the words that do
};

/// In the order of the new version, what is gone at the end.
std::vector<Change> changes_between(const Incident& before, const Incident& after);

/// Action items whose text stands, word for word, in another incident.
struct CopiedItem {
  std::string text;
  Span place;
};
std::vector<CopiedItem> copied_items(const Incident& incident, const Incident& other);

}  // namespace cita
