// SHA-256 of any bytes, all at once or as they come.
#pragma once

#include <cita/evidence/digest.hpp>

#include <memory>
#include <string_view>

namespace cita::evidence {

class Sha256 {
 public:
  Sha256();
  void add(std::string_view bytes);
  /// Of all that was added since the last time.
  Digest finish();

 private:
  struct Context;
  struct FreeContext {
    void operator()(Context* context) const;
  };
  std::unique_ptr<Context, FreeContext> context_;
};

Digest sha256(std::string_view bytes);

}  // namespace cita::evidence
