// Questions, action items and commitments in an incident file. Their dates become events of their own.
#pragma once

#include <cita/input/draft.hpp>

namespace cita::input {

/// Reads the n-th entry of a section, which is declared already.
void read_question(std::size_t place, yaml::Node node, Draft& draft);
void read_action_item(std::size_t place, yaml::Node node, Draft& draft);
void read_commitment(std::size_t place, yaml::Node node, Draft& draft);

}  // namespace cita::input
