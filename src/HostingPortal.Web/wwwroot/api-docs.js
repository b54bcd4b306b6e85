// Shows the portal's OpenAPI document; nothing is loaded from outside.
Scalar.createApiReference("#app", { url: "/openapi/v1.json", withDefaultFonts: false, telemetry: false });
