// A file that holds one value of DER, as it is or as PEM, packed or not.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cita::evidence {

/// Reads no more than the value's length claims, and one byte of what follows it, so that this is noticed; of what is no DER its
/// beginning alone. PEM is decoded as it is read, the only block of a kind ("X509 CRL"). Nothing, and why, where it cannot be
/// read, ends before its length says, claims more than `most`, or has several such blocks.
std::optional<std::string> read_der(const std::string& path, std::string_view kind, std::size_t most, std::string& problem);

}  // namespace cita::evidence
