// What belongs together in several tellings of one incident.
#pragma once

#include <cita/model/incident.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cita {

/// Two times of one kind of event that lie further apart are two events, where nothing else says that they are one.
inline constexpr Seconds furthest_tellings{36 * 3'600};

/// Whether what happens of this kind to one case, question or bug happens once, so that two accounts of it are of one event
/// however far apart their times are.
bool happens_once(EventKind kind);

/// How far the first telling of an event lies from a time; nothing where it tells no bounded time.
std::optional<Seconds> distance(const Event& event, const Moment& moment);

/// The words alone: punctuation, case and white space make no other promise and no other action item.
std::string words_of(std::string_view text);

/// Whether an action item's status says that it is done.
bool is_complete(std::string_view status);

/// The name, or the first of "NAME-2", "NAME-3", … that `is_taken` does not know.
template <class IsTaken>
std::string free_name(const std::string& name, IsTaken is_taken) {
  std::string free = name;
  for (int i = 2; is_taken(free); ++i) free = name + "-" + std::to_string(i);
  return free;
}

/// A free id in a list of things that have one.
template <class Thing>
std::string free_id(const std::vector<Thing>& all, const std::string& id) {
  return free_name(id, [&all](const std::string& text) {
    return std::any_of(all.begin(), all.end(), [&text](const Thing& each) { return each.id == text; });
  });
}

/// A free name for an account.
inline std::string free_account(const std::vector<Account>& all, const std::string& name) {
  return free_name(name, [&all](const std::string& text) {
    return std::any_of(all.begin(), all.end(), [&text](const Account& each) { return each.name == text; });
  });
}

}  // namespace cita
