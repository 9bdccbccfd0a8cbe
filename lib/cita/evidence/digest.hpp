// SHA-256 digests, as lists of certificates write them: 64 hexadecimal digits.
#pragma once

#include <cita/evidence/separators.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace cita::evidence {

using Digest = std::array<std::uint8_t, 32>;

/// The value of a hexadecimal digit, or -1.
int hex_value(char digit);
/// Whether there is at least one character and all are hexadecimal digits.
bool is_hex(std::string_view text);
/// Reads an even number of hexadecimal digits, two for each byte; false where one is none.
bool read_hex(std::string_view text, std::uint8_t* bytes);
/// Reads 64 hexadecimal digits; false for anything else.
bool read_digest(std::string_view text, Digest& digest);
/// The same in a way that this processor can go.
bool read_digest(std::string_view text, Digest& digest, ScanWay way);
/// Without what lists write in front of digits and between them: 0x, colons, spaces and dashes.
std::string digits_of(std::string_view text);
/// Two lower-case digits for each octet.
std::string hex(std::string_view octets);
std::string hex(const Digest& digest);

}  // namespace cita::evidence
