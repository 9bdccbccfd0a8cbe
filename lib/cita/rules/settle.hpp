// How a duty stands, given what started and what ended it: the arithmetic that every pattern with a deadline shares.
#pragma once

#include <cita/rules/verdict.hpp>

namespace cita {

/// What is known of a duty's end.
struct Ending {
  std::optional<Told> done;     ///< the first thing that counts
  Scene::NotBefore not_before;  ///< until when it had surely not happened
  std::string what;             ///< what would end it: "preliminary-report to the reporter"
};

/// Sets standing, deadline, margin and the reasons of a verdict. `start` is set in the verdict's trigger.
void settle(Verdict& verdict, const Limit& limit, const Moment& start, const Ending& ending, Instant as_of);

/// Whether moving either stamp by one of its units would turn a decided answer into the other.
bool turns_on_rounding(const Limit& limit, const Moment& start, const Moment& end, Truth decided);

}  // namespace cita
