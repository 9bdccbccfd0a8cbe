#include <cita/model/event_kind.hpp>

#include <algorithm>
#include <array>

namespace cita {

namespace {

struct Row {
  std::string_view name;
  Actor actor;
  std::string_view description;
};

constexpr Row rows[] = {
#define EVENT_KIND(enumerator, text, who, what) {text, Actor::who, what},
#include <cita/model/event_kinds.def>
#undef EVENT_KIND
};

constexpr std::string_view names[] = {
#define EVENT_KIND(enumerator, text, who, what) text,
#include <cita/model/event_kinds.def>
#undef EVENT_KIND
};

constexpr EventOrder orders[] = {
#define NOT_AFTER(cause, effect) {EventKind::cause, EventKind::effect},
#include <cita/model/event_order.def>
#undef NOT_AFTER
};

constexpr std::string_view actors[] = {"ca", "reporter", "subscriber", "root-program", "community", "auditor", "other"};

template <class Enumeration>
std::optional<Enumeration> find(std::span<const std::string_view> all, std::string_view text) {
  const auto found = std::find(all.begin(), all.end(), text);
  if (found == all.end()) return std::nullopt;
  return static_cast<Enumeration>(found - all.begin());
}

}  // namespace

std::string_view name(Actor who) { return actors[static_cast<std::size_t>(who)]; }
std::optional<Actor> actor(std::string_view text) { return find<Actor>(actors, text); }
std::span<const std::string_view> actor_names() { return actors; }

std::string_view name(EventKind kind) { return rows[static_cast<std::size_t>(kind)].name; }
std::string_view description(EventKind kind) { return rows[static_cast<std::size_t>(kind)].description; }
Actor actor(EventKind kind) { return rows[static_cast<std::size_t>(kind)].actor; }
std::optional<EventKind> event_kind(std::string_view text) { return find<EventKind>(names, text); }
std::span<const std::string_view> event_kind_names() { return names; }
std::span<const EventOrder> event_orders() { return orders; }

}  // namespace cita
