// CRLs, OCSP responses and the certificates that they are verified with, as the command line names them.
#pragma once

#include <cita/evidence/status_evidence.hpp>
#include <cita/output/certificate_report.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cita::tool {

struct StatusPaths {
  std::vector<std::string> crls, answers, issuers;
};
/// Told of each file that was read: what it is ("CRL"), and its bytes.
using SeenFile = std::function<void(std::string_view kind, std::string_view bytes)>;

/// Adds all of them to the evidence, which may be asked then, and to the report. False, with a message on standard error, where
/// one cannot be read.
bool read_status_files(const StatusPaths& paths, const SeenFile& seen, evidence::StatusEvidence& evidence,
                       CertificateReport& report);

}  // namespace cita::tool
