// `cita explain`: a verdict as arithmetic that anybody can redo; a rule with its text, editions and a worked example.
#pragma once

#include <cita/output/check_report.hpp>
#include <cita/output/terminal.hpp>

#include <string>

namespace cita {

/// One judgement, view by view: start, limit, deadline, end, margin, and what it depends on.
std::string explain(const Judgement& judgement, const Incident& incident, const TextStyle& style);

/// A rule: what it says, who owes it, the history of its editions, its readings, a worked example.
std::string explain(const Duty& duty, const Pack& pack, const TextStyle& style);

}  // namespace cita
