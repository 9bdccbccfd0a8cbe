// What kinds of events an incident is made of. One table, event_kinds.def: files, schema, rules and docs read it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace cita {

/// Who does something, or tells of it.
enum class Actor : std::uint8_t { ca, reporter, subscriber, root_program, community, auditor, other };

std::string_view name(Actor actor);
std::optional<Actor> actor(std::string_view name);
std::span<const std::string_view> actor_names();

enum class EventKind : std::uint8_t {
#define EVENT_KIND(enumerator, text, actor, description) enumerator,
#include <cita/model/event_kinds.def>
#undef EVENT_KIND
};

/// "problem-report-received": as files write it.
std::string_view name(EventKind kind);
/// One sentence saying what happened.
std::string_view description(EventKind kind);
/// Who does it by nature.
Actor actor(EventKind kind);
std::optional<EventKind> event_kind(std::string_view name);
/// All names, in the order of the table.
std::span<const std::string_view> event_kind_names();

/// A fact about the order of two kinds: `cause` is not after `effect`.
struct EventOrder {
  EventKind cause;
  EventKind effect;
};
std::span<const EventOrder> event_orders();

}  // namespace cita
