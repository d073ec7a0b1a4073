{
  "targets": [
    {
      "target_name": "charlatan",
      "sources": [
        "src/rnn/kernel/cpp/addon.cc",
        "src/rnn/kernel/cpp/avx512.cc",
        "src/rnn/kernel/cpp/avx2.cc",
        "src/rnn/kernel/cpp/base.cc"
      ],
      "defines": ["NAPI_VERSION=8", "NODE_GYP_MODULE_NAME=charlatan"],
      "cflags": ["-fno-math-errno", "-fno-trapping-math", "-fvisibility=hidden"],
      "cflags!": ["-O2"],
      "cflags_cc": ["-std=c++20", "-O3", "-fexceptions"],
      "cflags_cc!": ["-fno-exceptions", "-std=gnu++17", "-std=gnu++20"],
      "xcode_settings": {
        "CLANG_CXX_LANGUAGE_STANDARD": "c++20",
        "GCC_OPTIMIZATION_LEVEL": "3",
        "GCC_ENABLE_CPP_EXCEPTIONS": "YES",
        "MACOSX_DEPLOYMENT_TARGET": "11.0",
        "OTHER_CFLAGS": ["-fno-math-errno", "-fno-trapping-math", "-fvisibility=hidden"]
      }
    }
  ]
}
