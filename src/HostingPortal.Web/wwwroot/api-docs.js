// Shows the portal's OpenAPI document; nothing is loaded from outside.
Scalar.createApiReference("#app", { url: new URL("openapi/v1.json", document.baseURI).href, withDefaultFonts: false, telemetry: false });
