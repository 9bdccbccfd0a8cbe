#include "given_files.hpp"
#include "command.hpp"

#include <cita/evidence/byte_source.hpp>
#include <cita/evidence/der.hpp>
#include <cita/evidence/list_reader.hpp>

#include <filesystem>

namespace cita::tool {

namespace {

using namespace evidence;

enum class FileKind : std::uint8_t { other, crl, certificate, answer };

FileKind kind_of_pem(std::string_view text) {
  constexpr std::string_view mark = "-----BEGIN ";
  const std::size_t inside = text.starts_with(mark) ? 0 : text.find("\n-----BEGIN ");
  if (inside == std::string_view::npos) return FileKind::other;
  text.remove_prefix(inside + mark.size() + (inside == 0 ? 0 : 1));
  if (text.starts_with("X509 CRL-----")) return FileKind::crl;
  const bool is_certificate = text.starts_with("CERTIFICATE-----") || text.starts_with("X509 CERTIFICATE-----") ||
                              text.starts_with("TRUSTED CERTIFICATE-----");
  return is_certificate ? FileKind::certificate : FileKind::other;
}

// The content of a sequence, as far as it is there; nothing where none begins the text.
std::optional<std::string_view> inside_sequence(std::string_view text) {
  std::size_t header = 0;
  if (text.empty() || static_cast<unsigned char>(text.front()) != der::sequence || !der::claimed_size(text, header))
    return std::nullopt;
  return text.substr(header);
}

// A response begins with its status, a certificate with the tag of its version, and a CRL with its version or algorithm.
FileKind kind_of_der(std::string_view text) {
  constexpr unsigned char version_of_certificate = 0xA0;
  const auto all = inside_sequence(text);
  if (!all || all->empty()) return FileKind::other;
  if (static_cast<unsigned char>(all->front()) == der::enumerated) return FileKind::answer;
  const auto signed_part = inside_sequence(*all);
  if (!signed_part || signed_part->empty()) return FileKind::other;
  const auto first = static_cast<unsigned char>(signed_part->front());
  if (first == version_of_certificate) return FileKind::certificate;
  return first == der::integer || first == der::sequence ? FileKind::crl : FileKind::other;
}

FileKind kind_of(const std::string& path) {
  constexpr std::size_t most_bytes = std::size_t{1} << 16U;
  std::error_code error;
  std::string problem, beginning(most_bytes, '\0');
  // What comes through a pipe can be read only once.
  const auto source = std::filesystem::is_regular_file(path, error) ? ByteSource::open(path, problem) : nullptr;
  if (!source) return FileKind::other;
  beginning.resize(source->read_on(beginning.data(), beginning.size()));
  ListFaults unheard;
  if (layout_of(beginning, unheard).form != ListForm::unknown) return FileKind::other;
  const FileKind kind = kind_of_der(beginning);
  return kind == FileKind::other ? kind_of_pem(beginning) : kind;
}

}  // namespace

bool sort_out(std::vector<std::string>& lists, StatusPaths& status) {
  struct Place {
    std::string_view what, option;
    std::vector<std::string>& files;
    bool is_given;
  };
  const Place places[] = {{"a CRL", "--crl", status.crls, !status.crls.empty()},
                          {"a certificate", "--issuer", status.issuers, !status.issuers.empty()},
                          {"an OCSP response", "--ocsp", status.answers, !status.answers.empty()}};
  std::vector<std::string> kept;
  bool good = true;
  for (const std::string& each : lists) {
    const FileKind kind = kind_of(each);
    if (kind == FileKind::other) {
      kept.push_back(each);
      continue;
    }
    const Place& place = places[static_cast<std::size_t>(kind) - 1];
    if (place.is_given) {
      place.files.push_back(each);
      continue;
    }
    complain(each + " is " + std::string(place.what) + "; write " + std::string(place.option) + " before it");
    good = false;
  }
  lists = std::move(kept);
  return good;
}

}  // namespace cita::tool
