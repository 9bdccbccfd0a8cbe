// Which of the files behind one another on a command line are lists, and which are evidence.
#pragma once

#include "status_files.hpp"

#include <string>
#include <vector>

namespace cita::tool {

/// Puts what are CRLs, certificates and OCSP responses among the lists where they belong, for an option takes only the first of
/// several files behind it: `--crl a.pem b.pem`. False, with a message on standard error for each, where the option that it
/// belongs to is not there.
bool sort_out(std::vector<std::string>& lists, StatusPaths& status);

}  // namespace cita::tool
