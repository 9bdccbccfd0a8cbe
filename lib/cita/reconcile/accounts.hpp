// What somebody else tells of an incident, beside what is told already: a reporter's file, an auditor's report.
//
//   const std::vector<int> added = add_accounts(incident, reporters_file);
#pragma once

#include <cita/model/incident.hpp>

#include <vector>

namespace cita {

/// Adds the accounts of another incident. Cases, cohorts, questions, action items and commitments are the same where their ids
/// or their words are; of cases also where either side has one alone. An event that both tell gets a further telling; the rest
/// is added. Returns the indices of the accounts that were added.
std::vector<int> add_accounts(Incident& incident, const Incident& other);

}  // namespace cita
