// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.screen;

import org.springframework.http.CacheControl;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Where the pages are. They lie beside this class rather than in {@code /static}: services share a
 * class path, and ingest must not serve them.
 */
public final class ScreenPages implements WebMvcConfigurer {

  private static final String SHELL = "forward:/screen/index.html";
  private static final String OPENAPI = "/v1/openapi.json";

  private final HandlerInterceptor currentView;

  public ScreenPages(HandlerInterceptor currentView) {
    this.currentView = currentView;
  }

  @Override
  public void addViewControllers(ViewControllerRegistry pages) {
    pages.addViewController("/").setViewName(SHELL);
    pages.addViewController("/incidents").setViewName(SHELL);
    pages.addViewController("/incidents/{id}").setViewName(SHELL);
    pages.addViewController(OPENAPI).setViewName("forward:/v3/api-docs");
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry resources) {
    resources
        .addResourceHandler("/screen/**")
        .addResourceLocations("classpath:/dev/tocsin/console/screen/")
        .setCacheControl(CacheControl.noCache());
  }

  @Override
  public void addInterceptors(InterceptorRegistry interceptors) {
    interceptors.addInterceptor(currentView).addPathPatterns("/v1/**").excludePathPatterns(OPENAPI);
  }
}
